// Plain node:http: the cookie is written and read by hand, and stored is only a hash of its number.

import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

const guests: Record<string, { pin: string; stamps: number }> = { ada: { pin: '4711', stamps: 7 }, ben: { pin: '0815', stamps: 2 } };
const open: { hash: string; name: string; until: number }[] = [];
let now = 0;

const hash = (text: string) => createHash('sha256').update(text).digest('hex');

function answer(res: ServerResponse, status: number, body: unknown, cookie?: string) {
  res.writeHead(status, { 'Content-Type': 'application/json', ...(cookie !== undefined && { 'Set-Cookie': cookie }) });
  res.end(body === undefined ? '' : JSON.stringify(body));
}

function numberIn(req: IncomingMessage): string {
  return /(?:^|;\s*)stamps=([^;]*)/.exec(req.headers.cookie ?? '')?.[1] ?? '';
}

function close(number: string) {
  const at = open.findIndex((one) => one.hash === hash(number));
  if (at >= 0) open.splice(at, 1);
}

function withBody(req: IncomingMessage, use: (body: any) => void) {
  const pieces: Buffer[] = [];
  req.on('data', (piece) => pieces.push(piece)).on('end', () => use(JSON.parse(Buffer.concat(pieces).toString())));
}

createServer((req, res) => {
  if (req.url === '/api/clock') {
    return withBody(req, ({ minutes }) => { now += minutes; answer(res, 200, { now }); });
  }
  if (req.url !== '/api/card') return answer(res, 404, 'Nothing here.');
  if (req.method === 'POST') {
    return withBody(req, ({ name, pin }) => {
      if (!Object.hasOwn(guests, name) || guests[name]!.pin !== pin) return answer(res, 401, 'No.');
      close(numberIn(req));
      const number = randomUUID() + randomUUID();
      open.push({ hash: hash(number), name, until: now + 30 });
      answer(res, 200, { name }, `stamps=${number}; path=/; samesite=strict; httponly`);
    });
  }
  if (req.method === 'DELETE') {
    close(numberIn(req));
    res.writeHead(204, { 'Set-Cookie': 'stamps=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT' });
    return res.end();
  }
  const session = open.find((one) => one.hash === hash(numberIn(req)) && one.until > now);
  if (!session) return answer(res, 401, 'Who are you?');
  session.until = now + 30;
  answer(res, 200, { stamps: guests[session.name]!.stamps, name: session.name });
}).listen(3000);
