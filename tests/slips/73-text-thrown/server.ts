import http from 'node:http';

http.createServer((req, res) => {
  throw 'The till is jammed.';
}).listen(3000);
