import http from 'node:http';

http.createServer((req, res) => {
  const body = 'Café au lait';
  res.setHeader('Content-Type', 'text/plain; charset=utf-8');
  res.setHeader('Content-Length', body.length);
  res.end(body);
}).listen(3000);
