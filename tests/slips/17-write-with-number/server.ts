import http from 'node:http';

http.createServer((req, res) => {
  res.write(340);
  res.end();
}).listen(3000);
