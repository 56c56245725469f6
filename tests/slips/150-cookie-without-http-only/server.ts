import { randomBytes } from 'node:crypto';
import http from 'node:http';

const sessions = new Map();

http.createServer((req, res) => {
  const sid = randomBytes(32).toString('hex');
  sessions.set(sid, 'ada');
  res.setHeader('Set-Cookie', `sid=${sid}; Path=/; SameSite=Lax`);
  res.end('Hello, ada');
}).listen(3000);
