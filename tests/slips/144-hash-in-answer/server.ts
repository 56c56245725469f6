import { randomBytes, scryptSync } from 'node:crypto';
import http from 'node:http';

http.createServer(async (req, res) => {
  const pieces: Buffer[] = [];
  for await (const piece of req) pieces.push(piece);
  const { email, password } = JSON.parse(Buffer.concat(pieces).toString());
  const salt = randomBytes(16).toString('hex');
  const account = { id: 1, email, salt, hash: scryptSync(password, salt, 32).toString('hex') };
  res.writeHead(201, { 'Content-Type': 'application/json' });
  res.end(JSON.stringify(account));
}).listen(3000);
