import http from 'node:http';

http.createServer((req, res) => {
  switch (req.url) {
    case '/menu':
      return res.end('Flat white, 3.40');
    default:
      res.statusCode = 404;
      res.end('There is nothing here.');
  }
}).listen(3000);
