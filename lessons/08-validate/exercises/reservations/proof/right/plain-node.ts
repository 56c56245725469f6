// Node's own modules only: one pattern for each field, held against its JSON; the answer is text.

import http from 'node:http';
import { json } from 'node:stream/consumers';

const patterns = new Map<string, RegExp>([
  ['guest', /^"(?=.*[^\s"]).{1,40}"$/],
  ['people', /^[1-8]$/],
  ['hour', /^(8|9|1\d|20|21)$/],
  ['chairs', /^[0-4]$/],
  ['note', /^".{0,200}"$/],
]);
const book: object[] = [];

http.createServer(async (req, res) => {
  if (req.method !== 'POST') {
    res.setHeader('Content-Type', 'application/json');
    res.end(JSON.stringify(book));
    return;
  }
  const body = await json(req).catch(() => undefined);
  if (body === undefined || body === null) {
    res.writeHead(400).end('This is no reservation.');
    return;
  }
  const wanted: Record<string, unknown> = { note: '', ...body };
  const wrong = [...new Set([...patterns.keys(), ...Object.keys(wanted)])]
    .filter((name) => !patterns.get(name)?.test(JSON.stringify(wanted[name]) ?? ''));
  if (wrong.length > 0) {
    res.writeHead(422, { 'Content-Type': 'text/plain' }).end(`Not right: ${wrong.join(', ')}.\n`);
    return;
  }
  book.push({ number: 100 + book.length, ...wanted });
  res.writeHead(201, { 'Content-Type': 'application/json' }).end(JSON.stringify(wanted));
}).listen(3000);
