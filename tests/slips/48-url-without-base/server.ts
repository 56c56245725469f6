import http from 'node:http';

http.createServer((req, res) => {
  const url = new URL(req.url!);
  res.end(url.pathname);
}).listen(3000);
