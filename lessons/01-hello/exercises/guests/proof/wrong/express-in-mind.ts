// H4 from another framework
// The server ended: "res.send is not a function". That is a method of Express and its relatives, and
// plain Node does not have it.

import http from 'node:http';

let guests = 0;

http.createServer((req, res) => {
  guests = guests + 1;
  res.send(`Hello! You are guest ${guests}.\n`);
}).listen(3000);
