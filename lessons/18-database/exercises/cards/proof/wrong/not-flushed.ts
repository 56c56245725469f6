// D26 written and not flushed
// The transfer was written, and when the answer came it was in the memory of the system only, which forgets it
// without power.

import { appendFile, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { listen } from '../../../../../02-reply/listen.ts';
import { json } from '../../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../../04-router/router.ts';
import { Refusal, withErrors } from '../../../../../06-errors/errors.ts';
import { readJson } from '../../../../../07-body/body.ts';

type Transfer = { from: number; to: number; cents: number };

const guests = ['ada', 'ben', 'eve'];
const cards = Array.from({ length: 150 }, (_, n) => ({ id: n + 1, owner: guests[n % 149] ?? `guest ${n + 1}`, cents: 1_000 }));
const owners = new Map<string, typeof cards>();
for (const card of cards) owners.set(card.owner, [...owners.get(card.owner) ?? [], card]);

const file = join(process.env.DATA_DIR ?? '.', 'transfers.jsonl');
const lines = await readFile(file, 'utf8').catch(() => '');
const transfers: Transfer[] = lines.split('\n').filter((line) => line.endsWith('}')).map((line) => JSON.parse(line));
for (const { from, to, cents } of transfers) {
  cards[from - 1]!.cents -= cents;
  cards[to - 1]!.cents += cents;
}

async function transfer({ from, to, cents }: Transfer): Promise<Transfer> {
  if (!Number.isSafeInteger(cents) || cents < 1 || from === to) throw new Refusal(400, 'Whole cents, please, and two cards.');
  const [giver, taker] = [findCard(from), findCard(to)];
  if (giver.cents < cents) throw new Refusal(409, 'There is too little on it.');
  giver.cents -= cents;
  try {
    await appendFile(file, `\n${JSON.stringify({ from, to, cents })}`);
    transfers.push({ from, to, cents });
    taker.cents += cents;
    return { from, to, cents };
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
  { method: 'GET', pattern: '/transfers', handler: () => json(200, transfers) },
  { method: 'GET', pattern: '/cards', handler: ({ address }) => json(200, owners.get(address.query.get('owner') ?? '') ?? []) },
  { method: 'GET', pattern: '/cards/:id', handler: ({ values }) => json(200, findCard(Number(values.id))) },
])))));
