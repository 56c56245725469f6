// The transaction returns what to answer; nothing is changed before it is clear that all may be.

import http from 'node:http';
import { openDatabase } from '../../../../../../db/database.ts';

type Card = { id: number; version: number; owner: string; cents: number };
type Transfer = { id: number; version: number; from: number; to: number; cents: number };

const names = ['ada', 'ben', 'eve'];
const sold: Card[] = [];
for (let id = 1; id <= 150; id++) sold.push({ id, version: 1, owner: id === 150 ? 'ada' : names[id - 1] || 'guest ' + id, cents: 1000 });

const store = await openDatabase(process.env.DATA_DIR!);
const cards = store.collection<Card>('prepaid', { initial: sold, indexes: ['owner'] });
const history = store.collection<Transfer>('history');

function move(from: number, to: number, cents: number): [number, unknown] | Promise<[number, unknown]> {
  if (!Number.isInteger(cents) || cents <= 0 || from === to) return [400, { error: 'That makes no sense.' }];
  return store.transaction((draft): [number, unknown] => {
    const own = draft.in<Card>('prepaid');
    const a = own.get(from);
    const b = own.get(to);
    if (!a || !b) return [404, { error: 'No such card.' }];
    if (a.cents < cents) return [409, { error: 'Not enough.' }];
    own.update(a.id, a.version, { owner: a.owner, cents: a.cents - cents });
    own.update(b.id, b.version, { owner: b.owner, cents: b.cents + cents });
    return [201, draft.in<Transfer>('history').insert({ from, to, cents })];
  });
}

http.createServer(async (req, res) => {
  const url = new URL(req.url ?? '/', 'http://cafe');
  let text = '';
  for await (const piece of req.setEncoding('utf8')) text += piece;
  const [status, body] = await answer(req.method === 'POST', url, text).catch((error) => [500, { error: String(error) }] as const);
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}).listen(3000);

async function answer(isPost: boolean, url: URL, text: string): Promise<readonly [number, unknown]> {
  if (isPost) {
    const { from, to, cents } = JSON.parse(text);
    return move(from, to, cents);
  }
  if (url.pathname === '/transfers') return [200, (await history.list()).records];
  if (url.pathname === '/cards') return [200, await cards.find('owner', url.searchParams.get('owner') ?? '')];
  const card = await cards.get(Number(url.pathname.split('/')[2]));
  return card ? [200, card] : [404, { error: 'No such card.' }];
}
