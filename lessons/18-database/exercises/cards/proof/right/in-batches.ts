// What is asked for in the same moment goes into one transaction, each of them all or nothing: it is
// counted first, on a sheet of its own, and then written in one go.

import { createServer } from 'node:http';
import { openDatabase } from '../../../../../../db/database.ts';
import { listen } from '../../../../../02-reply/listen.ts';
import { json, type Reply } from '../../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../../04-router/router.ts';
import { withErrors } from '../../../../../06-errors/errors.ts';
import { readJson } from '../../../../../07-body/body.ts';
import type { Stored } from '../../../../../09-logic/storage.ts';

type Card = Stored & { owner: string; cents: number };
type Wish = { from: number; to: number; cents: number };
type Waiting = { wish: Wish; resolve: (reply: Reply) => void; reject: (error: unknown) => void };

const first = Array.from({ length: 150 }, (_, n): Card => ({ id: n + 1, owner: ['ada', 'ben', 'eve'][n % 149] ?? `guest ${n + 1}`, cents: 1_000, version: 1 }));
const db = await openDatabase(process.env.DATA_DIR ?? '.');
const cards = db.collection<Card>('cards', { indexes: ['owner'], initial: first });
const transfers = db.collection<Stored & Wish>('transfers');
let waiting: Waiting[] = [];

async function runAll(): Promise<void> {
  const batch = waiting.splice(0);
  try {
    const replies = await db.transaction((draft) => batch.map(({ wish: { from, to, cents } }) => {
      const own = draft.in<Card>('cards');
      const [giver, taker] = [own.get(from), own.get(to)];
      if (from === to || !Number.isSafeInteger(cents) || cents < 1) return json(400, {});
      if (!giver || !taker) return json(404, {});
      if (giver.cents < cents) return json(409, {});
      own.update(from, giver.version, { ...giver, cents: giver.cents - cents });
      own.update(to, taker.version, { ...taker, cents: taker.cents + cents });
      return json(201, draft.in<Stored & Wish>('transfers').insert({ from, to, cents }));
    }));
    batch.forEach(({ resolve }, index) => resolve(replies[index]!));
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}

const send: Handler = async ({ request }) => {
  const wish = await readJson(request) as Wish;
  return new Promise<Reply>((resolve, reject) => {
    if (waiting.push({ wish, resolve, reject }) === 1) setImmediate(runAll);
  });
};

listen(createServer(answerWith(withErrors(router([
  { method: 'POST', pattern: '/transfers', handler: send },
  { method: 'GET', pattern: '/transfers', handler: async () => json(200, (await transfers.list()).records) },
  { method: 'GET', pattern: '/cards', handler: async ({ address }) => json(200, await cards.find('owner', String(address.query.get('owner')))) },
  { method: 'GET', pattern: '/cards/:id', handler: async ({ params }) => json(200, await cards.get(Number(params.id))) },
])))));
