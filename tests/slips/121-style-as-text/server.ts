import http from 'node:http';

http.createServer((req, res) => {
  if (req.url === '/cafe.css') {
    res.setHeader('Content-Type', 'text/plain');
    res.end('h1 { color: brown }');
  } else {
    res.setHeader('Content-Type', 'text/html; charset=utf-8');
    res.end('<link rel="stylesheet" href="/cafe.css"><h1>Menu</h1>');
  }
}).listen(3000);
