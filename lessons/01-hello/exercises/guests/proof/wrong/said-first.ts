// H6 said before counted
// The first guest is told to be guest 0: the number was said first and counted afterwards.

import http from 'node:http';

let guests = 0;

http.createServer((req, res) => {
  res.write(`Hello! You are guest ${guests}.\n`);
  guests = guests + 1;
  if (guests % 3 === 0) {
    res.write('Your coffee is on the house.\n');
  }
  res.end();
}).listen(3000);
