// Exercise: which reservations make sense? See task.md.

import { createServer } from 'node:http';
import { listen } from '../../../02-reply/listen.ts';
import { json } from '../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../04-router/router.ts';
import { around } from '../../../05-around/around.ts';
import { withErrors } from '../../../06-errors/errors.ts';
import { readJson } from '../../../07-body/body.ts';

type Reservation = {
  id: number;
  guest: string;
  people: number;
  hour: number;
  chairs: number;
  note: string;
};

const book: Reservation[] = [];

const reserve: Handler = async ({ request }) => {
  // TODO: this believes every body. Check it first.
  const wanted = (await readJson(request)) as Omit<Reservation, 'id'>;
  const reservation = { id: book.length + 1, ...wanted };
  book.push(reservation);
  return json(201, reservation);
};

const cafe = router([
  { method: 'GET', pattern: '/api/reservations', handler: () => json(200, book) },
  { method: 'POST', pattern: '/api/reservations', handler: reserve },
]);

listen(createServer(answerWith(around([withErrors], cafe))));
