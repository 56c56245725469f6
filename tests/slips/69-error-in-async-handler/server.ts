import http from 'node:http';

import { setTimeout as wait } from 'node:timers/promises';

http.createServer(async (req, res) => {
  await wait(5);
  throw new Error('The till is jammed.');
}).listen(3000);
