// H8 made before the first request
// Every guest is told to be guest 0: the text was made once, when the program started, and nothing
// changes it afterwards.

import http from 'node:http';

let guests = 0;
const hello = `Hello! You are guest ${guests}.\n`;

http.createServer((req, res) => {
  guests = guests + 1;
  res.write(hello);
  if (guests % 3 === 0) {
    res.write('Your coffee is on the house.\n');
  }
  res.end();
}).listen(3000);
