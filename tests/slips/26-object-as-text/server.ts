import http from 'node:http';

http.createServer((req, res) => {
  const item = { name: 'Flat white', price: 340 };
  res.end('One ' + item);
}).listen(3000);
