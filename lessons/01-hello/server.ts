import http from 'node:http';

http.createServer((req, res) => {
  res.write('Hello from the backend!');
  res.end();
}).listen(3000);
