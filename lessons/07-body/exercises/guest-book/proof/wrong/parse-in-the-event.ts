// B5 JSON.parse without a catch
// The client sent something that is not JSON, which is its mistake, and the code treats it like a bug of ours: JSON.parse throws, and nobody expects it.

import { createServer, type IncomingMessage } from 'node:http';
import { listen } from '../../../../../02-reply/listen.ts';
import { json, text } from '../../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../../04-router/router.ts';
import { around, withLog } from '../../../../../05-around/around.ts';
import { Refusal, withErrors } from '../../../../../06-errors/errors.ts';

const guests: string[] = [];

function readText(request: IncomingMessage): Promise<{ name: string }> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let length = 0;
    request.on('data', (piece: Buffer) => {
      pieces.push(piece);
      length += piece.length;
      if (length > 1_000) reject(new Refusal(413, 'At most 1,000 bytes are read.'));
    });
    request.on('end', () => resolve(request.headers['content-type']?.includes('json') ? JSON.parse(Buffer.concat(pieces).toString()) : Object.fromEntries(new URLSearchParams(Buffer.concat(pieces).toString())) as { name: string }));
  });
}

const addGuest: Handler = async ({ request }) => {
  const { name } = await readText(request);
  guests.push(name);
  return json(201, { name });
};

const showGuests: Handler = () => text(200, guests.map((name) => `${name}\n`).join('') || 'Nobody yet.\n');

const cafe = router([
  { method: 'GET', pattern: '/guests', handler: showGuests },
  { method: 'POST', pattern: '/guests', handler: addGuest },
]);

listen(createServer(answerWith(around([withLog, withErrors], cafe))));
