import http from 'node:http';

http.createServer((req, res) => {
  let body = '';
  req.on('data', (piece) => {
    body += piece;
  });
  req.on('end', () => {
    res.setHeader('Content-Type', 'text/plain; charset=utf-8');
    res.end(body);
  });
}).listen(3000);
