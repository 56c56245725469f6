import http from 'node:http';

http.createServer((req, res) => {
  if (req.url === '/old') {
    res.setHeader('Location', '/menu');
  }
  res.end('The menu');
}).listen(3000);
