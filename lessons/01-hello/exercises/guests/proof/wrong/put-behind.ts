// H15 put behind, not added
// Guest 2 is told to be guest 11: the 1 was put behind the text, as one more letter, and not added to
// the number.

import http from 'node:http';

let guests = 0;

http.createServer((req, res) => {
  res.write('Hello! You are guest ' + guests + 1 + '.\n');
  guests = guests + 1;
  if (guests % 3 === 0) {
    res.write('Your coffee is on the house.\n');
  }
  res.end();
}).listen(3000);
