// H5 it listens before it is ready
// The first guest came before the counter had a value. A server may be asked as soon as it listens, so
// all that it needs must be ready by then.

import http from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

http.createServer((req, res) => {
  guests = guests + 1;
  res.write(`Hello! You are guest ${guests}.\n`);
  if (guests % 3 === 0) {
    res.write('Your coffee is on the house.\n');
  }
  res.end();
}).listen(3000);

await pause(60_000); // the coffee machine gets warm
let guests = 0;
