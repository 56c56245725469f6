import http from 'node:http';

http.createServer((req, res) => {
  if (req.url === '/menu') {
    res.end('Flat white, 3.40');
  } else {
    res.statusCode = 404;
    res.end('There is nothing here.');
  }
}).listen(3000);
