import http from 'node:http';

http.createServer((req, res) => {
  res.statusCode = 204;
  res.end('Deleted');
}).listen(3000);
