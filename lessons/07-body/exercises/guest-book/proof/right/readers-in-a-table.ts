// The readers stand in a table, by the kind of body that each one takes.

import { createServer } from 'node:http';
import { listen } from '../../../../../02-reply/listen.ts';
import { json, text } from '../../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../../04-router/router.ts';
import { around, withLog } from '../../../../../05-around/around.ts';
import { Refusal, withErrors } from '../../../../../06-errors/errors.ts';
import { readForm, readJson } from '../../../../body.ts';

const guests: string[] = [];

const readers = new Map<string, typeof readJson>([
  ['application/json', readJson],
  ['application/x-www-form-urlencoded', readForm],
]);

const addGuest: Handler = async (call) => {
  const kind = (call.request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  const read = readers.get(kind);
  if (read === undefined) throw new Refusal(415, `Nobody here reads "${kind}".`);
  const guest = await read(call.request, 1e3) as Record<'name', string>;
  guests.push(guest.name);
  return json(201, guest, { location: '/guests' });
};

const showGuests: Handler = () => text(200, guests.map((name) => `${name}\n`).join('') || 'Nobody yet.\n');

const cafe = router([
  { method: 'GET', pattern: '/guests', handler: showGuests },
  { method: 'POST', pattern: '/guests', handler: addGuest },
]);

listen(createServer(answerWith(around([withLog, withErrors], cafe))));
