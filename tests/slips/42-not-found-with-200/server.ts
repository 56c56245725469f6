import http from 'node:http';

http.createServer((req, res) => {
  if (req.url === '/') {
    res.end('Hello');
    return;
  }
  res.end('404 Not Found');
}).listen(3000);
