// Without validate.ts: one "if" for each field, and a list of what is wrong.

import { createServer } from 'node:http';
import { listen } from '../../../../../02-reply/listen.ts';
import { json } from '../../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../../04-router/router.ts';
import { around } from '../../../../../05-around/around.ts';
import { withErrors } from '../../../../../06-errors/errors.ts';
import { readJson } from '../../../../../07-body/body.ts';

const KNOWN = ['guest', 'people', 'hour', 'chairs', 'note'];
const book: unknown[] = [];

function isWhole(value: unknown, from: number, to: number): boolean {
  return typeof value === 'number' && Math.floor(value) === value && value >= from && value <= to;
}

function findMistakes(body: Record<string, unknown>): Record<string, string> {
  const wrong: Record<string, string> = {};
  const { guest, people, hour, chairs, note = '' } = body;
  if (typeof guest !== 'string' || guest.trim() === '' || guest.length > 40) wrong.guest = 'Who comes? 1 to 40 characters.';
  if (!isWhole(people, 1, 8)) wrong.people = 'How many? 1 to 8.';
  if (!isWhole(hour, 8, 21)) wrong.hour = 'When? 8 to 21.';
  if (!isWhole(chairs, 0, 4)) wrong.chairs = 'How many high ones? 0 to 4.';
  if (typeof note !== 'string' || note.length > 200) wrong.note = 'At most 200 characters, please.';
  for (const name in body) if (!KNOWN.includes(name)) wrong[name] = 'What is that?';
  return wrong;
}

const reserve: Handler = async ({ request }) => {
  const body = await readJson(request);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return json(422, { error: 'Send an object.' });
  const wrong = findMistakes(body as Record<string, unknown>);
  if (Object.keys(wrong).length > 0) return json(422, { wrong });
  book.push({ id: book.length + 1, note: '', ...body });
  return json(201, book.at(-1));
};

listen(createServer(answerWith(around([withErrors], router([
  { method: 'GET', pattern: '/api/reservations', handler: () => json(200, book) },
  { method: 'POST', pattern: '/api/reservations', handler: reserve },
])))));
