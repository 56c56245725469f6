// H18 not every request counted
// Somebody asked for /favicon.ico and was not counted, or not told the number. Each request is a guest
// here, whatever its address.

import http from 'node:http';

let guests = 0;

http.createServer((req, res) => {
  if (req.url === '/') guests = guests + 1;
  res.write(`Hello! You are guest ${guests}.\n`);
  if (guests % 3 === 0) {
    res.write('Your coffee is on the house.\n');
  }
  res.end();
}).listen(3000);
