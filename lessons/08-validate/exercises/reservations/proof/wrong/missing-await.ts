// V14 a promise was checked
// A good reservation was refused in the same words as an empty one: the check ran before the body was there,
// on a promise, which has none of these fields.

import { createServer } from 'node:http';
import { listen } from '../../../../../02-reply/listen.ts';
import { json } from '../../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../../04-router/router.ts';
import { around } from '../../../../../05-around/around.ts';
import { withErrors } from '../../../../../06-errors/errors.ts';
import { readJson } from '../../../../../07-body/body.ts';
import { fields, line, optional, paragraphs, validate, wholeNumber } from '../../../../validate.ts';

const book: any[] = [];

const reservationForm = fields({
  guest: line(1, 40),
  people: wholeNumber(1, 8),
  hour: wholeNumber(8, 21),
  chairs: wholeNumber(0, 4),
  note: optional(paragraphs(0, 200), ''),
});

const reserve: Handler = async ({ request }) => {
  const wanted = validate(reservationForm, readJson(request));
  const reservation = { id: book.length + 1, ...wanted };
  book.push(reservation);
  return json(201, reservation);
};

const cafe = router([
  { method: 'GET', pattern: '/api/reservations', handler: () => json(200, book) },
  { method: 'POST', pattern: '/api/reservations', handler: reserve },
]);

listen(createServer(answerWith(around([withErrors], cafe))));
