import http from 'node:http';

http.createServer((req, res) => {
  res.setHeader('Access-Control-Allow-Origin', 'http://localhost:5173/');
  res.end('Flat white\n');
}).listen(3000);
