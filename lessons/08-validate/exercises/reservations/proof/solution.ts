// Exercise: which reservations make sense? See task.md.

import { createServer } from 'node:http';
import { listen } from '../../../../02-reply/listen.ts';
import { json } from '../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../04-router/router.ts';
import { around } from '../../../../05-around/around.ts';
import { withErrors } from '../../../../06-errors/errors.ts';
import { readJson } from '../../../../07-body/body.ts';
import { fields, line, optional, paragraphs, validate, wholeNumber } from '../../../validate.ts';

type Reservation = { id: number; guest: string; people: number; hour: number; chairs: number; note: string };

const book: Reservation[] = [];

const reservationForm = fields({
  guest: line(1, 40),
  people: wholeNumber(1, 8),
  hour: wholeNumber(8, 21),
  chairs: wholeNumber(0, 4),
  note: optional(paragraphs(0, 200), ''),
});

const reserve: Handler = async ({ request }) => {
  const wanted = validate(reservationForm, await readJson(request));
  const reservation = { id: book.length + 1, ...wanted };
  book.push(reservation);
  return json(201, reservation);
};

const cafe = router([
  { method: 'GET', pattern: '/api/reservations', handler: () => json(200, book) },
  { method: 'POST', pattern: '/api/reservations', handler: reserve },
]);

listen(createServer(answerWith(around([withErrors], cafe))));
