import http from 'node:http';

server.listen(3000);

const server = http.createServer((req, res) => {
  res.end('Hello');
});
