import http from 'node:http';

const sessions: string[] = [];

http.createServer((req, res) => {
  sessions.push('ada');
  res.setHeader('Set-Cookie', `sid=${sessions.length}; Path=/; HttpOnly`);
  res.end('Hello, ada');
}).listen(3000);
