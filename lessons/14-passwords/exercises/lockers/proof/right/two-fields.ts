// Salt and hash in two fields, a list in a file of its own, and the callback of scrypt.

import { randomUUID, scrypt } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';

type Locker = { owner: string; salt: string; hash: string };

const file = join(process.env.DATA_DIR!, 'all-lockers.json');
const lockers: Locker[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];

http.createServer((req, res) => {
  let body = '';
  req.setEncoding('utf8').on('data', (piece) => { body += piece; });
  req.on('end', () => {
    const answer = (status: number, value: unknown) => res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    const { owner, secret } = JSON.parse(body);
    const [, id] = /^\/lockers\/(\d+)\/open$/.exec(req.url!) ?? [];
    const locker = lockers[Number(id) - 1];
    if (id !== undefined && !locker) return answer(403, { error: 'no' });
    const salt = locker?.salt ?? randomUUID();
    scrypt(secret, salt, 32, (error, key) => {
      if (error) return answer(500, {});
      const hash = key.toString('hex');
      if (locker) return hash === locker.hash ? answer(200, { opened: Number(id) }) : answer(403, { error: 'no' });
      lockers.push({ owner, salt, hash });
      writeFileSync(file, JSON.stringify(lockers));
      answer(201, { id: lockers.length });
    });
  });
}).listen(process.env.PORT ?? 3000);
