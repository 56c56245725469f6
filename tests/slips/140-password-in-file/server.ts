import { writeFileSync } from 'node:fs';
import http from 'node:http';

const file = new URL('accounts.data', import.meta.url);
const accounts: object[] = [];

http.createServer(async (req, res) => {
  const pieces: Buffer[] = [];
  for await (const piece of req) pieces.push(piece);
  const { email, password } = JSON.parse(Buffer.concat(pieces).toString());
  accounts.push({ email, password });
  writeFileSync(file, JSON.stringify(accounts));
  res.end('Your account is open.');
}).listen(3000);
