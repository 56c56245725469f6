import http from 'node:http';

const server = http.createServer((req, res) => {
  res.end('Hello');
});

server.listen(3000);
server.listen(3000, () => console.log('It runs.'));
