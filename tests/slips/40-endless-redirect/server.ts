import http from 'node:http';

http.createServer((req, res) => {
  res.writeHead(303, { Location: '/' });
  res.end();
}).listen(3000);
