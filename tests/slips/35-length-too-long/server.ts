import http from 'node:http';

http.createServer((req, res) => {
  res.setHeader('Content-Length', 100);
  res.end('Flat white');
}).listen(3000);
