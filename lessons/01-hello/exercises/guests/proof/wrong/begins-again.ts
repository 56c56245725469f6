// H17 the counting begins again
// Guest 4 is told to be guest 1: after the free coffee, the counter was put back.

import http from 'node:http';

let guests = 0;

http.createServer((req, res) => {
  guests = guests + 1;
  res.write(`Hello! You are guest ${guests}.\n`);
  if (guests === 3) {
    res.write('Your coffee is on the house.\n');
    guests = 0;
  }
  res.end();
}).listen(3000);
