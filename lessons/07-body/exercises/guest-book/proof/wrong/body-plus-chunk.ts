// B4 text from each piece alone
// The "é" came in two pieces, one byte in each, and each piece was made into text by itself, so neither was an "é".

import { createServer, type IncomingMessage } from 'node:http';
import { listen } from '../../../../../02-reply/listen.ts';
import { json, text } from '../../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../../04-router/router.ts';
import { around, withLog } from '../../../../../05-around/around.ts';
import { Refusal, withErrors } from '../../../../../06-errors/errors.ts';

const guests: string[] = [];

function readText(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let body = '';
    request.on('data', (piece: Buffer) => {
      body += piece;
      if (Buffer.byteLength(body) > 1_000) reject(new Refusal(413, 'At most 1,000 bytes are read.'));
    });
    request.on('end', () => resolve(body));
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
