// B2 only JSON is taken
// The form was read as if it were JSON, or not taken at all: a form is text of another kind, name=Ada.

import { createServer } from 'node:http';
import { listen } from '../../../../../02-reply/listen.ts';
import { json, text } from '../../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../../04-router/router.ts';
import { around, withLog } from '../../../../../05-around/around.ts';
import { withErrors } from '../../../../../06-errors/errors.ts';
import { readJson } from '../../../../body.ts';

const guests: string[] = [];

const addGuest: Handler = async ({ request }) => {
  const sent = await readJson(request, 1_000);
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
