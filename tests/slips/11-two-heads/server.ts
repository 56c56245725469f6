import http from 'node:http';

http.createServer((req, res) => {
  res.writeHead(200);
  if (req.url !== '/') {
    res.writeHead(404);
  }
  res.end('Hello');
}).listen(3000);
