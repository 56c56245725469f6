import http from 'node:http';

http.createServer((req, res) => {
  console.log('Hello from the backend!');
}).listen(3000);
