// H3 a number is not text
// res.write() and res.end() were given something that is not text, a number perhaps, and the error
// ended the whole server.

import http from 'node:http';

let guests = 0;

http.createServer((req, res) => {
  guests = guests + 1;
  res.write('Hello! You are guest ');
  res.write(guests);
  if (guests % 3 === 0) {
    res.write('Your coffee is on the house.\n');
  }
  res.end();
}).listen(3000);
