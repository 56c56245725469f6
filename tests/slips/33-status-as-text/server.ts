import http from 'node:http';

http.createServer((req, res) => {
  res.writeHead('Not Found' as any);
  res.end('There is nothing here.');
}).listen(3000);
