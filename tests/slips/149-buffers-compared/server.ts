import { randomBytes, scryptSync } from 'node:crypto';
import http from 'node:http';

const accounts = new Map<string, { salt: Buffer; hash: Buffer }>();

http.createServer(async (req, res) => {
  const pieces: Buffer[] = [];
  for await (const piece of req) pieces.push(piece);
  const { email, password } = JSON.parse(Buffer.concat(pieces).toString());
  const { salt, hash } = accounts.get(email) ?? { salt: randomBytes(16), hash: undefined };
  const again = scryptSync(password, salt, 32);
  if (req.url === '/login') {
    res.statusCode = again === hash ? 200 : 401;
    return res.end();
  }
  accounts.set(email, { salt, hash: again });
  res.end('Your account is open.');
}).listen(3000);
