import http from 'node:http';

http.createServer((req, res) => {
  console.log('An order has come', req.body);
  res.end('Thank you');
}).listen(3000);
