import http from 'node:http';

http.createServer((req, res) => {
  const url = (URL as any)(req.url, 'http://localhost');
  res.end(url.pathname);
}).listen(3000);
