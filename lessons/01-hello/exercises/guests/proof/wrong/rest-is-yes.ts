// H9 free for the wrong guests
// Guest 1 gets a free coffee, and should not: the condition lets the wrong guests through.

import http from 'node:http';

let guests = 0;

http.createServer((req, res) => {
  guests = guests + 1;
  res.write(`Hello! You are guest ${guests}.\n`);
  if (guests % 3) {
    res.write('Your coffee is on the house.\n');
  }
  res.end();
}).listen(3000);
