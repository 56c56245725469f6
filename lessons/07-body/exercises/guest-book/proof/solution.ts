// Exercise: a guest book that takes names as JSON and as a form. See task.md.

import { createServer } from 'node:http';
import { listen } from '../../../../02-reply/listen.ts';
import { json, text } from '../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../04-router/router.ts';
import { around, withLog } from '../../../../05-around/around.ts';
import { withErrors } from '../../../../06-errors/errors.ts';
import { readForm, readJson } from '../../../body.ts';

const guests: string[] = [];

const addGuest: Handler = async ({ request }) => {
  const { 'content-type': type = '' } = request.headers;
  const isForm = type.startsWith('application/x-www-form-urlencoded');
  const sent = isForm ? await readForm(request, 1_000) : await readJson(request, 1_000);
  const { name } = sent as { name: string };
  guests.push(name);
  return json(201, { name });
};

const showGuests: Handler = () => text(200, guests.map((name) => `${name}\n`).join('') || 'Nobody yet.\n');

const cafe = router([
  { method: 'GET', pattern: '/guests', handler: showGuests },
  { method: 'POST', pattern: '/guests', handler: addGuest },
]);

listen(createServer(answerWith(around([withLog, withErrors], cafe))));
