import { randomBytes, scryptSync } from 'node:crypto';
import http from 'node:http';

http.createServer(async (req, res) => {
  const pieces: Buffer[] = [];
  for await (const piece of req) pieces.push(piece);
  const { email, password } = JSON.parse(Buffer.concat(pieces).toString());
  const hash = scryptSync(password, randomBytes(16), 32, { N: 2 ** 17, r: 8, p: 1 });
  res.end(`${email} has a hash of ${hash.length} bytes.`);
}).listen(3000);
