import http from 'node:http';

const port = Number(process.env.PORT);
http.createServer((req, res) => res.end('The menu')).listen(port, '127.0.0.1', () => {
  http.createServer((req, res) => res.end('The orders')).listen(port, '127.0.0.1');
});
