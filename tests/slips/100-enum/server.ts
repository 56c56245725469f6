import http from 'node:http';

enum Size { small, large }

http.createServer((req, res) => {
  res.end(Size[Size.large]);
}).listen(3000);
