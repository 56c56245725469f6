import http from 'node:http';

http.createServer((req, res) => {
  const item = JSON.parse({ name: 'Flat white' });
  res.end(item.name);
}).listen(3000);
