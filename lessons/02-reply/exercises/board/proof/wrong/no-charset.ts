// R10 no charset
// The bytes are right, but the answer does not say that they are UTF-8. Whoever guesses wrong reads
// "CrÃ¨me brÃ»lÃ©e".

import { createServer } from 'node:http';
import { listen } from '../../../../listen.ts';
import { html, send, text, type Reply } from '../../../../reply.ts';

const board = 'Crème brûlée, €4.90';

const page = html(200, `<!doctype html><html lang="en"><title>Today</title><h1>${board}</h1>\n`, { 'content-type': 'text/html' });
const plain = text(200, `${board}\n`);
const closed = text(503, 'The kitchen is closed. It opens again in half an hour.\n', { 'retry-after': '1800' });
const nothing = text(404, `There is nothing here. Today: ${board}\n`);

const server = createServer((request, response) => {
  send(response, choose(request.url));
});

function choose(url: string | undefined): Reply {
  if (url === '/board') return page;
  if (url === '/board.txt') return plain;
  if (url === '/kitchen') return closed;
  return nothing;
}

listen(server);
