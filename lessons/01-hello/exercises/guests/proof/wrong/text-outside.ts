// H7 the same answer for all
// The second guest is told to be guest 1 as well: the number begins anew with each request, or was put
// into a text before the first one came.

import http from 'node:http';

let guests = 1;
const hello = `Hello! You are guest ${guests}.\n`;

http.createServer((req, res) => {
  res.write(hello);
  if (guests % 3 === 0) {
    res.write('Your coffee is on the house.\n');
  }
  guests = guests + 1;
  res.end();
}).listen(3000);
