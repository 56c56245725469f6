import http from 'node:http';

http.createServer((req, res) => {
  if (req.url === '/') return res.end('Hello\n');
  res.end('There is nothing here.\n');
  res.statusCode = 404;
}).listen(3000);
