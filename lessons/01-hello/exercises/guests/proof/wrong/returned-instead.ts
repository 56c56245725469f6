// H1 forgot end()
// This answer was never ended, so the guest waits and waits: only res.end() sends the tray off.

import http from 'node:http';

let guests = 0;

http.createServer((req, res) => {
  guests = guests + 1;
  const hello = `Hello! You are guest ${guests}.\n`;
  return guests % 3 === 0 ? hello + 'Your coffee is on the house.\n' : hello;
}).listen(3000);
