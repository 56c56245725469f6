// H10 nobody gets it free
// Guest 3 is counted, but does not read that the coffee is on the house.

import http from 'node:http';

let guests = 0;

http.createServer((req, res) => {
  guests = guests + 1;
  res.write(`Hello! You are guest ${guests}.\n`);
  if (guests % 3 === '0') {
    res.write('Your coffee is on the house.\n');
  }
  res.end();
}).listen(3000);
