import { randomUUID } from 'node:crypto';
import http from 'node:http';

const sessions = new Map();

http.createServer((req, res) => {
  const sid = req.headers.cookie?.split('=')[1] ?? randomUUID();
  sessions.set(sid, 'ada');
  res.setHeader('Set-Cookie', `sid=${sid}; Path=/; HttpOnly`);
  res.end('Hello, ada');
}).listen(3000);
