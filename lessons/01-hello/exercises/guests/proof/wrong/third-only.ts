// H12 the third only
// Guest 3 got a free coffee, and guest 6 does not: the code knows the number 3, but not "every third".

import http from 'node:http';

let guests = 0;

http.createServer((req, res) => {
  guests = guests + 1;
  res.write(`Hello! You are guest ${guests}.\n`);
  if (guests === 3) {
    res.write('Your coffee is on the house.\n');
  }
  res.end();
}).listen(3000);
