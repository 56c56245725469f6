import http from 'node:http';

http.createServer((req, res) => {
  if (req.url === '/menu') {
    res.end('Flat white, 3.40');
  }
  res.end('There is nothing here.');
}).listen(3000);
