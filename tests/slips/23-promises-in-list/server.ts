import http from 'node:http';

http.createServer((req, res) => {
  const items = [1, 2].map(async (id) => ({ id, name: 'Flat white' }));
  res.end(JSON.stringify(items));
}).listen(3000);
