// H11 from then on, everything is free
// Guest 4 gets a free coffee too: what became true with guest 3 stays true for all who follow.

import http from 'node:http';

let guests = 0;

http.createServer((req, res) => {
  guests = guests + 1;
  res.write(`Hello! You are guest ${guests}.\n`);
  if (guests >= 3) {
    res.write('Your coffee is on the house.\n');
  }
  res.end();
}).listen(3000);
