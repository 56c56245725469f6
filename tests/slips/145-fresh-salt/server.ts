import { randomBytes, scryptSync } from 'node:crypto';
import http from 'node:http';

const hashes = new Map<string, string>();

http.createServer(async (req, res) => {
  const pieces: Buffer[] = [];
  for await (const piece of req) pieces.push(piece);
  const { email, password } = JSON.parse(Buffer.concat(pieces).toString());
  const salt = randomBytes(16);
  const hash = scryptSync(password, salt, 32).toString('hex');
  if (req.url === '/login') {
    res.statusCode = hashes.get(email) === hash ? 200 : 401;
    return res.end();
  }
  hashes.set(email, hash);
  res.end('Your account is open.');
}).listen(3000);
