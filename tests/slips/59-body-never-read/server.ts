import http from 'node:http';

http.createServer((req, res) => {
  req.on('end', () => {
    res.end('Thank you');
  });
}).listen(3000);
