// X5 it ended at once
// answer.ts ended by itself and never listened. A server waits for requests until somebody stops it.

import http from 'node:http';

let guests = 0;

http.createServer((req, res) => {
  guests = guests + 1;
  res.write(`Hello! You are guest ${guests}.\n`);
  if (guests % 3 === 0) {
    res.write('Your coffee is on the house.\n');
  }
  res.end();
});
