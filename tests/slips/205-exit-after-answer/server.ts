import http from 'node:http';

http.createServer((req, res) => {
  res.end('Hello\n');
  process.exit();
}).listen(3000);
