// With for await, which goes on to the end and keeps no more than it may.

import { createServer } from 'node:http';
import { listen } from '../../../../../02-reply/listen.ts';
import { json, text } from '../../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../../04-router/router.ts';
import { around, withLog } from '../../../../../05-around/around.ts';
import { Refusal, withErrors } from '../../../../../06-errors/errors.ts';

const guests: string[] = [];

const addGuest: Handler = async ({ request }) => {
  const kept: Uint8Array[] = [];
  let length = 0;
  for await (const piece of request) {
    length += piece.byteLength;
    if (length <= 1_000) kept.push(piece);
  }
  if (length > 1_000) throw new Refusal(413, `${length} bytes are too many.`);
  const name = nameIn(Buffer.concat(kept).toString('utf8'), request.headers['content-type']);
  if (name instanceof Refusal) throw name;
  guests.push(name);
  return json(201, Object.fromEntries([['name', name]]));
};

function nameIn(body: string, type = 'nothing'): string | Refusal {
  const [kind] = type.split(/\s*;/);
  if (kind === 'application/x-www-form-urlencoded') return decodeURIComponent(/(?:^|&)name=([^&]*)/.exec(body)![1]!.replaceAll('+', ' '));
  if (kind !== 'application/json') return new Refusal(415, `${kind} is not for this book.`);
  try {
    return (JSON.parse(body) as { name: string }).name;
  } catch {
    return new Refusal(400, 'This is no JSON.');
  }
}

const showGuests: Handler = () => text(200, guests.map((name) => `${name}\n`).join('') || 'Nobody yet.\n');

const cafe = router([
  { method: 'GET', pattern: '/guests', handler: showGuests },
  { method: 'POST', pattern: '/guests', handler: addGuest },
]);

listen(createServer(answerWith(around([withLog, withErrors], cafe))));
