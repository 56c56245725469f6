import http from 'node:http';

http.createServer((req, res) => {
  res.writeHead(401, { Location: '/login' });
  res.end();
}).listen(3000);
