import http from 'node:http';

http.createServer((req, res) => {
  if (req.url === '/orders') throw new Error('The till is jammed.');
  res.end('Hello');
}).listen(3000);
