// B8 the declared length believed
// A client that declares no length sent as much as it liked: the limit was compared with content-length, and not with what came.

import { createServer } from 'node:http';
import { listen } from '../../../../../02-reply/listen.ts';
import { json, text } from '../../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../../04-router/router.ts';
import { around, withLog } from '../../../../../05-around/around.ts';
import { withErrors } from '../../../../../06-errors/errors.ts';
import { readForm, readJson } from '../../../../body.ts';

const guests: string[] = [];

const addGuest: Handler = async ({ request }) => {
  const { 'content-type': type = '' } = request.headers;
  if (Number(request.headers['content-length'] ?? 0) > 1_000) return text(413, 'At most 1,000 bytes.\n');
  const isForm = type.startsWith('application/x-www-form-urlencoded');
  const sent = isForm ? await readForm(request) : await readJson(request);
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
