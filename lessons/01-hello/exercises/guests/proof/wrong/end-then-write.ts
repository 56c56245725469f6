// H2 answered twice
// After res.end() the code went on and wrote once more. That answer was gone already, and the error
// ended the whole server.

import http from 'node:http';

let guests = 0;

http.createServer((req, res) => {
  guests = guests + 1;
  res.end(`Hello! You are guest ${guests}.\n`);
  if (guests % 3 === 0) {
    res.write('Your coffee is on the house.\n');
  }
  res.end();
}).listen(3000);
