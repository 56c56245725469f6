import http from 'node:http';

http.createServer((req, res) => {
  res.end('Item ' + req.params.id);
}).listen(3000);
