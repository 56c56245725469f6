import http from 'node:http';

http.createServer((req, res) => {
  res.end(JSON.stringify(req));
}).listen(3000);
