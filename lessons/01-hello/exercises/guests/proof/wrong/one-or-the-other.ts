// H16 one line or the other
// Guest 3 reads of the coffee, and not which guest she is: the code writes one line or the other.

import http from 'node:http';

let guests = 0;

http.createServer((req, res) => {
  guests = guests + 1;
  if (guests % 3 === 0) {
    res.write('Your coffee is on the house.\n');
  } else {
    res.write(`Hello! You are guest ${guests}.\n`);
  }
  res.end();
}).listen(3000);
