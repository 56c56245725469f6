// Exercise: the board outside, as a page and as text. See task.md.

import { createServer } from 'node:http';
import { listen } from '../../../listen.ts';
import { html, text, type Reply } from '../../../reply.ts';
import { send } from '../../../send.ts';

const board = 'Crème brûlée, €4.90';

const page = html(200, `<!doctype html><html lang="en"><title>Today</title><h1>${board}</h1>\n`);
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
