import http from 'node:http';

http.createServer((req, res) => {
  if (req.method === 'get') {
    res.end('Hello');
  }
}).listen(3000);
