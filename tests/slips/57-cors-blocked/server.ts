import http from 'node:http';

http.createServer((req, res) => {
  res.setHeader('Content-Type', 'application/json');
  res.end('{"name":"Flat white"}');
}).listen(3000);
