// Kept is only what was sent: one record a transfer, so there is no half one. What is on a card is
// counted from it, and what is on its way is set aside.

import { createServer } from 'node:http';
import { openDatabase } from '../../../../../../db/database.ts';
import { listen } from '../../../../../02-reply/listen.ts';
import { json } from '../../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../../04-router/router.ts';
import { Refusal, withErrors } from '../../../../../06-errors/errors.ts';
import { readJson } from '../../../../../07-body/body.ts';
import type { FieldsOf, Stored } from '../../../../../09-logic/storage.ts';

type Transfer = Stored & { from: number; to: number; cents: number };

const guests = ['ada', 'ben', 'eve'];
const cards = Array.from({ length: 150 }, (_, n) => ({ id: n + 1, owner: guests[n % 149] ?? `guest ${n + 1}`, cents: 1_000 }));
const owners = new Map<string, typeof cards>();
for (const card of cards) owners.set(card.owner, [...owners.get(card.owner) ?? [], card]);

const transfers = (await openDatabase(process.env.DATA_DIR ?? '.')).collection<Transfer>('transfers');
for (const { from, to, cents } of (await transfers.list({ limit: Infinity })).records) {
  cards[from - 1]!.cents -= cents;
  cards[to - 1]!.cents += cents;
}

async function transfer({ from, to, cents }: FieldsOf<Transfer>): Promise<Transfer> {
  if (!Number.isSafeInteger(cents) || cents < 1 || from === to) throw new Refusal(400, 'Whole cents, please, and two cards.');
  const [giver, taker] = [findCard(from), findCard(to)];
  if (giver.cents < cents) throw new Refusal(409, 'There is too little on it.');
  giver.cents -= cents;
  try {
    const kept = await transfers.insert({ from, to, cents });
    taker.cents += cents;
    return kept;
  } catch (error) {
    giver.cents += cents;
    throw error;
  }
}

function findCard(id: unknown) {
  const card = cards.find((one) => one.id === id);
  if (!card) throw new Refusal(404, `There is no card ${id}.`);
  return card;
}

const send: Handler = async ({ request }) => json(201, await transfer(await readJson(request) as Transfer));

listen(createServer(answerWith(withErrors(router([
  { method: 'POST', pattern: '/transfers', handler: send },
  { method: 'GET', pattern: '/transfers', handler: async () => json(200, (await transfers.list()).records) },
  { method: 'GET', pattern: '/cards', handler: ({ address }) => json(200, owners.get(address.query.get('owner') ?? '') ?? []) },
  { method: 'GET', pattern: '/cards/:id', handler: ({ params }) => json(200, findCard(Number(params.id))) },
])))));
