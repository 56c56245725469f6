import http from 'node:http';

import { setTimeout as wait } from 'node:timers/promises';

http.createServer((req, res) => {
  ['Espresso', 'Flat white'].forEach(async (name) => {
    await wait(10);
    res.write(name);
  });
  res.end();
}).listen(3000);
