import http from 'node:http';

http.createServer((req, res) => {
  if (req.method === 'POST') {
    res.setHeader('Access-Control-Allow-Origin', '*');
    return res.end('Ordered');
  }
  res.statusCode = 404;
  res.end('There is nothing here.');
}).listen(3000);
