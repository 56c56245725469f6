import http from 'node:http';

http.createServer((req, res) => {
  if (req.url !== '/') {
    process.exit(1);
  }
  res.end('Hello');
}).listen(3000);
