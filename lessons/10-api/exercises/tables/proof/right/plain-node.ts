// Node's own modules only: a Map, ids from randomUUID, and an etag that is a hash of the table.

import { createHash, randomUUID } from 'node:crypto';
import http, { type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';

type Table = { seats: number; place: string; note?: string };

const shelf = new Map<string, Table>([
  ['1', { seats: 2, place: 'window', note: 'It wobbles' }],
  ['2', { seats: 4, place: 'corner' }],
  ['3', { seats: 6, place: 'garden', note: 'Under the apple tree' }],
]);

const withId = (id: string) => ({ id, ...shelf.get(id) });
const etagOf = (id: string) => `"${createHash('sha256').update(JSON.stringify(withId(id))).digest('base64url')}"`;

async function readTable(req: IncomingMessage): Promise<Table | undefined> {
  const { seats, place, note } = await json(req) as Table;
  return Number.isInteger(seats) && seats >= 1 && seats <= 12 && typeof place === 'string' ? { seats, place, ...(note && { note }) } : undefined;
}

async function answer(req: IncomingMessage): Promise<{ status: number; headers?: Record<string, string>; body?: unknown }> {
  const id = req.url!.split('/')[3];
  const shown = (status: number, key: string) => ({ status, headers: { ETag: etagOf(key), Location: `http://${req.headers.host}/api/tables/${key}` }, body: withId(key) });
  switch (`${req.method} ${id ? 'one' : 'all'}`) {
    case 'GET all': return { status: 200, body: [...shelf.keys()].map(withId) };
    case 'GET one': return shelf.has(id!) ? shown(200, id!) : { status: 404 };
    case 'POST all': {
      const table = await readTable(req);
      if (!table) return { status: 422, body: 'seats: 1 to 12, place: a text' };
      const key = randomUUID();
      shelf.set(key, table);
      return shown(201, key);
    }
    case 'PUT one': {
      const table = await readTable(req);
      if (!shelf.has(id!)) return { status: 404 };
      if (!table) return { status: 422, body: 'seats: 1 to 12, place: a text' };
      if (req.headers['if-match'] !== etagOf(id!)) return { status: 412 };
      shelf.set(id!, table);
      return shown(200, id!);
    }
    case 'DELETE one': {
      shelf.delete(id!);
      return { status: 204 };
    }
    default: return { status: 405 };
  }
}

http.createServer((req, res) => {
  answer(req).then(({ status, headers, body }) => {
    res.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    res.end(body === undefined ? undefined : JSON.stringify(body));
  });
}).listen(3000);
