import http from 'node:http';

http.createServer((req, res) => {
  res.setHeader('Set-Cookie', 'sid=42; Path=/');
  res.setHeader('Set-Cookie', 'theme=dark; Path=/');
  res.end('Hello, ada');
}).listen(3000);
