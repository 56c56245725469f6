import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import http from 'node:http';

const salt = randomBytes(16);
const stored = scryptSync('flatwhite42', salt, 32).toString('hex');

http.createServer(async (req, res) => {
  const pieces: Buffer[] = [];
  for await (const piece of req) pieces.push(piece);
  const { email, password } = JSON.parse(Buffer.concat(pieces).toString());
  const hash = scryptSync(password, salt, 32);
  const isRight = timingSafeEqual(hash, Buffer.from(stored));
  res.end(isRight ? `Hello, ${email}` : 'No');
}).listen(3000);
