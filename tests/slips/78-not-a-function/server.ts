import http from 'node:http';

http.createServer((req, res) => {
  const price: any = 340;
  res.end(price.toFixd(2));
}).listen(3000);
