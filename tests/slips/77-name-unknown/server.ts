import http from 'node:http';

const welcome = 'Hello from the backend!';

http.createServer((req, res) => {
  res.end(wellcome);
}).listen(3000);
