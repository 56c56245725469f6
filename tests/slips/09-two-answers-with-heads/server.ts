import http from 'node:http';

http.createServer((req, res) => {
  if (req.url === '/menu') {
    res.writeHead(200, { 'Content-Type': 'text/plain' });
    res.end('Flat white, 3.40');
  }
  res.writeHead(404, { 'Content-Type': 'text/plain' });
  res.end('There is nothing here.');
}).listen(3000);
