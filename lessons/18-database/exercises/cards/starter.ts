// Exercise: money that goes from one card to another. See task.md.

import { createServer } from 'node:http';
import { openDatabase } from '../../../../db/database.ts';
import { listen } from '../../../02-reply/listen.ts';
import { json } from '../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../04-router/router.ts';
import { Refusal, withErrors } from '../../../06-errors/errors.ts';
import { readJson } from '../../../07-body/body.ts';
import type { FieldsOf, Stored } from '../../../09-logic/storage.ts';

type Card = Stored & { owner: string; cents: number };
type Transfer = Stored & { from: number; to: number; cents: number };

// 150 cards with 1,000 cents each. The first one is Ada's, and so is the last.
const guests = ['ada', 'ben', 'eve'];
const first = Array.from({ length: 150 }, (_, n): Card => {
  return { id: n + 1, owner: guests[n % 149] ?? `guest ${n + 1}`, cents: 1_000, version: 1 };
});

const db = await openDatabase(process.env.DATA_DIR ?? '.');
const cards = db.collection<Card>('cards', { initial: first });
const transfers = db.collection<Transfer>('transfers');

// TODO: take the cents from one card, give them to the other, and note it: all three, or none.
async function transfer({ from, to, cents }: FieldsOf<Transfer>): Promise<Transfer> {
  return transfers.insert({ from, to, cents });
}

const postTransfer: Handler = async ({ request }) => {
  return json(201, await transfer(await readJson(request) as Transfer));
};
const listTransfers: Handler = async () => json(200, (await transfers.list()).records);
const listCards: Handler = async ({ address }) => json(200, (await cards.list()).records);

const showCard: Handler = async ({ params }) => {
  const card = await cards.get(Number(params.id));
  if (!card) throw new Refusal(404, `There is no card ${params.id}.`);
  return json(200, card);
};

const cafe = router([
  { method: 'POST', pattern: '/transfers', handler: postTransfer },
  { method: 'GET', pattern: '/transfers', handler: listTransfers },
  { method: 'GET', pattern: '/cards', handler: listCards },
  { method: 'GET', pattern: '/cards/:id', handler: showCard },
]);

listen(createServer(answerWith(withErrors(cafe))));
