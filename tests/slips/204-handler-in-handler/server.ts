import http from 'node:http';

const server = http.createServer((req, res) => {
  server.on('request', () => console.log('somebody asked'));
  res.end('Hello\n');
});

server.listen(3000);
