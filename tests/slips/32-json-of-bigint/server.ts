import http from 'node:http';

http.createServer((req, res) => {
  res.end(JSON.stringify({ name: 'Flat white', price: 340n }));
}).listen(3000);
