import http from 'node:http';

http.createServer((req, res) => {
  const order = req.body;
  res.end('One ' + order.name);
}).listen(3000);
