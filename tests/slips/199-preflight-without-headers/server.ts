import http from 'node:http';

http.createServer((req, res) => {
  res.setHeader('Access-Control-Allow-Origin', 'http://localhost:5173');
  if (req.method === 'OPTIONS') {
    res.writeHead(204);
    return res.end();
  }
  res.end('ordered\n');
}).listen(3000);
