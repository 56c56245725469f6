import http from 'node:http';

http.createServer((req, res) => {
  const type = req.headers['Content-Type'];
  if (type !== 'application/json') {
    res.statusCode = 415;
    return res.end('Please send JSON');
  }
  res.end('Thank you');
}).listen(3000);
