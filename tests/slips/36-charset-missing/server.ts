import http from 'node:http';

http.createServer((req, res) => {
  res.setHeader('Content-Type', 'text/html');
  res.end('<h1>Café</h1>');
}).listen(3000);
