// Exercise: a server that counts its guests. See task.md.

import http from 'node:http';

http.createServer((req, res) => {
  // TODO: count the guest, and say the number.
  res.write('Hello!\n');
  res.end();
}).listen(3000);
