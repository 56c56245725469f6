import http from 'node:http';

http.createServer((req, res) => {
  res.write('Hello from the backend!');
}).listen(3000);
