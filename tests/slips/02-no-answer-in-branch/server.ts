import http from 'node:http';

http.createServer((req, res) => {
  if (req.url === '/') {
    res.end('Hello');
  } else if (req.url === '/orders') {
    const orders = [42];
    orders.push(43);
  } else {
    res.end('Nothing here');
  }
}).listen(3000);
