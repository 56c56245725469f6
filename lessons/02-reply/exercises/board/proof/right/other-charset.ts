// Bytes of another charset, and a body that comes in pieces: both are said in the headers.

import { createServer, type RequestListener } from 'node:http';
import { Readable } from 'node:stream';
import { listen } from '../../../../listen.ts';
import { bytes, empty, stream } from '../../../../reply.ts';
import { send } from '../../../../send.ts';

const words = ['Crème brûlée', ', ', '€4.90'];

const answer: RequestListener = (request, response) => {
  if (request.url === '/board.txt') {
    const pieces = Readable.from(words.map((word) => Buffer.from(word)));
    return send(response, stream(200, 'text/plain; charset=utf-8', pieces));
  }
  if (request.url === '/board') {
    const page = `<title>Board</title><h1>${words.join('')}</h1>`;
    return send(response, bytes(200, 'text/html; charset=utf-16le', Buffer.from(page, 'utf16le')));
  }
  if (request.url === '/kitchen') {
    const sentence = Buffer.from('Half an hour, please.');
    return send(response, { status: 503, headers: { 'content-type': 'text/plain', 'retry-after': '1800' }, body: sentence });
  }
  send(response, empty(404));
};

listen(createServer(answer));
