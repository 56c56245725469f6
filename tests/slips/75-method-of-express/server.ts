import http from 'node:http';

http.createServer((req, res) => {
  res.json({ name: 'Flat white' });
}).listen(3000);
