import http from 'node:http';

http.createServer((req, res) => {
  req.on('data', (piece) => {
    res.end('Thank you for ' + piece);
  });
}).listen(3000);
