import http from 'node:http';

http.createServer((req, res) => {
  res.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Encoding': 'gzip' });
  res.end('Flat white\n');
}).listen(3000);
