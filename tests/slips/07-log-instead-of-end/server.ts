import http from 'node:http';

http.createServer((req, res) => {
  console.log('Hello from the backend!');
  res.end();
}).listen(3000);
