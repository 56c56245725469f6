// With a promise of its own around the events, which refuses what is too long.

import { createServer, type IncomingMessage } from 'node:http';
import { listen } from '../../../../../02-reply/listen.ts';
import { json, text } from '../../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../../04-router/router.ts';
import { around, withLog } from '../../../../../05-around/around.ts';
import { Refusal, withErrors } from '../../../../../06-errors/errors.ts';

const guests: string[] = [];

function readText(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let length = 0;
    request.on('data', (piece: Buffer) => {
      pieces.push(piece);
      length += piece.length;
      if (length > 1_000) reject(new Refusal(413, 'At most 1,000 bytes are read.'));
    });
    request.on('end', () => resolve(Buffer.concat(pieces).toString()));
  });
}

function readName(type: string, body: string): string {
  if (type.startsWith('application/x-www-form-urlencoded')) return new URLSearchParams(body).get('name') ?? '';
  if (!type.startsWith('application/json')) throw new Refusal(415, 'Please send JSON, or a form.');
  try {
    return JSON.parse(body).name;
  } catch {
    throw new Refusal(400, 'This is not JSON.');
  }
}

const addGuest: Handler = async ({ request }) => {
  const name = readName(request.headers['content-type'] ?? '', await readText(request));
  guests.push(name);
  return json(201, { name });
};

const showGuests: Handler = () => text(200, guests.map((name) => `${name}\n`).join('') || 'Nobody yet.\n');

const cafe = router([
  { method: 'GET', pattern: '/guests', handler: showGuests },
  { method: 'POST', pattern: '/guests', handler: addGuest },
]);

listen(createServer(answerWith(around([withLog, withErrors], cafe))));
