import http from 'node:http';

http.createServer((req, res) => {
  if (req.url !== '/') {
    res.status = 404;
    return res.end('There is nothing here.\n');
  }
  res.end('Hello\n');
}).listen(3000);
