// No database: all of it is one file, swapped in whole, and one transfer comes after the other.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { listen } from '../../../../../02-reply/listen.ts';
import { json } from '../../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../../04-router/router.ts';
import { Refusal, withErrors } from '../../../../../06-errors/errors.ts';
import { readJson } from '../../../../../07-body/body.ts';
import { swapIn } from '../../../../../11-json-file/swap.ts';
import { oneAfterTheOther } from '../../../../../11-json-file/turns.ts';

type Transfer = { from: number; to: number; cents: number };
type Books = { cents: Record<string, number>; transfers: Transfer[] };

const owners = ['ada', 'ben', 'eve', ...Array.from({ length: 146 }, (_, n) => `guest ${n + 4}`), 'ada'];
const file = join(process.env.DATA_DIR ?? '.', 'books.json');
const inTurn = oneAfterTheOther();

let books: Books = await readFile(file, 'utf8').then((text) => JSON.parse(text), (error) => {
  if (error.code !== 'ENOENT') throw error;
  return { cents: Object.fromEntries(owners.map((_, n) => [n + 1, 1_000])), transfers: [] };
});

const transfer = ({ from, to, cents }: Transfer) => inTurn(async () => {
  if (!Number.isInteger(cents) || cents < 1 || from === to) throw new Refusal(400, 'Whole cents, please, and two cards.');
  const [giver, taker] = [centsOn(from), centsOn(to)];
  if (giver < cents) throw new Refusal(409, `There are only ${giver} cents.`);
  const next = { cents: { ...books.cents, [from]: giver - cents, [to]: taker + cents }, transfers: [...books.transfers, { from, to, cents }] };
  await swapIn(file, JSON.stringify(next));
  books = next;
  return { from, to, cents };
});

function centsOn(id: number): number {
  const cents = books.cents[id];
  if (cents === undefined) throw new Refusal(404, `There is no card ${id}.`);
  return cents;
}

const cardOf = (id: number) => ({ id, owner: owners[id - 1], cents: centsOn(id) });
const send: Handler = async ({ request }) => json(201, await transfer(await readJson(request) as Transfer));
const cardsOf: Handler = ({ address }) => json(200, owners.flatMap((owner, n) => (owner === address.query.get('owner') ? [cardOf(n + 1)] : [])));

listen(createServer(answerWith(withErrors(router([
  { method: 'POST', pattern: '/transfers', handler: send },
  { method: 'GET', pattern: '/transfers', handler: () => json(200, books.transfers) },
  { method: 'GET', pattern: '/cards', handler: cardsOf },
  { method: 'GET', pattern: '/cards/:id', handler: ({ params }) => json(200, cardOf(Number(params.id))) },
])))));
