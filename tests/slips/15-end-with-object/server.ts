import http from 'node:http';

http.createServer((req, res) => {
  res.end({ name: 'Flat white', price: 340 });
}).listen(3000);
