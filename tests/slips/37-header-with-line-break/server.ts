import http from 'node:http';

http.createServer((req, res) => {
  const { searchParams } = new URL(req.url!, 'http://localhost');
  res.setHeader('X-Guest', searchParams.get('name')!);
  res.end('Hello');
}).listen(3000);
