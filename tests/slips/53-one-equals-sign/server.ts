import http from 'node:http';

http.createServer((req, res) => {
  if (req.method = 'POST') {
    res.end('Ordered');
  } else {
    res.end('Your orders');
  }
}).listen(3000);
