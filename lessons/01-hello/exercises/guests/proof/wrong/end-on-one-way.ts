// H1 forgot end()
// This answer was never ended, so the guest waits and waits: only res.end() sends the tray off.

import http from 'node:http';

let guests = 0;

http.createServer((req, res) => {
  guests = guests + 1;
  res.write(`Hello! You are guest ${guests}.\n`);
  if (guests % 3 === 0) {
    res.write('Your coffee is on the house.\n');
  } else {
    res.end();
  }
}).listen(3000);
