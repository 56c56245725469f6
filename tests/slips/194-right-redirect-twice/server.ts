import http from 'node:http';

http.createServer((req, res) => {
  if (req.url === '/menu') return res.end('Flat white\n');
  res.writeHead(308, { Location: '/menu' });
  res.end();
}).listen(3000);
