import http from 'node:http';

http.createServer((req, res) => {
  const { searchParams } = new URL(req.url, 'http://localhost');
  res.setHeader('Content-Type', 'text/html; charset=utf-8');
  res.end(`<h1>Hello ${searchParams.get('name')}</h1>`);
}).listen(3000);
