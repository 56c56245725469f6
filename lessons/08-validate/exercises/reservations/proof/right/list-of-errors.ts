// Without validate.ts: a list of sentences, and one refusal with all of them.

import { createServer } from 'node:http';
import { listen } from '../../../../../02-reply/listen.ts';
import { json } from '../../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../../04-router/router.ts';
import { around } from '../../../../../05-around/around.ts';
import { Refusal, withErrors } from '../../../../../06-errors/errors.ts';
import { readJson } from '../../../../../07-body/body.ts';

const book: any[] = [];

const reserve: Handler = async ({ request }) => {
  const body: any = await readJson(request);
  if (typeof body !== 'object' || body === null) throw new Refusal(422, 'That is no reservation.');
  const { guest, people, hour, chairs, note = '' } = body;
  const errors: string[] = [];
  if (typeof guest !== 'string' || guest.trim() === '' || guest.length > 40) errors.push('guest must be a name');
  if (!Number.isInteger(people) || people < 1 || people > 8) errors.push('people must be 1 to 8');
  if (!Number.isInteger(hour) || hour < 8 || hour > 21) errors.push('hour must be 8 to 21');
  if (!Number.isInteger(chairs) || chairs < 0 || chairs > 4) errors.push('chairs must be 0 to 4');
  if (typeof note !== 'string' || note.length > 200) errors.push('note must be a text');
  for (const name in body) if (!['guest', 'people', 'hour', 'chairs', 'note'].includes(name)) errors.push(`${name} is not known`);
  if (errors.length > 0) throw new Refusal(422, errors.join('; '));
  const reservation = { id: book.length + 1, guest, people, hour, chairs, note };
  book.push(reservation);
  return json(201, reservation);
};

const cafe = router([
  { method: 'GET', pattern: '/api/reservations', handler: () => json(200, book) },
  { method: 'POST', pattern: '/api/reservations', handler: reserve },
]);

listen(createServer(answerWith(around([withErrors], cafe))));
