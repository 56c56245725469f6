import http from 'node:http';

http.createServer((req, res) => {
  res.end('Hello';
}).listen(3000);
