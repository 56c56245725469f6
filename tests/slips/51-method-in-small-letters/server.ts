import http from 'node:http';

http.createServer((req, res) => {
  if (req.method === 'post') {
    res.statusCode = 201;
    return res.end('Ordered');
  }
  res.statusCode = 405;
  res.end('Only POST here');
}).listen(3000);
