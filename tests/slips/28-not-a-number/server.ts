import http from 'node:http';

http.createServer((req, res) => {
  const price: any = '3,40';
  res.end('Two cost ' + price * 2);
}).listen(3000);
