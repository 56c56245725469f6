// R1 length in characters
// More bytes came than the content-length had promised: it counts the characters, and each of è, û, é
// and € takes two bytes or three.

import { createServer } from 'node:http';
import { listen } from '../../../../listen.ts';
import { html, send, text, type Reply } from '../../../../reply.ts';

const board = 'Crème brûlée, €4.90';

const page = `<!doctype html><html lang="en"><title>Today</title><h1>${board}</h1>\n`;
const plain = text(200, `${board}\n`);
const closed = text(503, 'The kitchen is closed. It opens again in half an hour.\n', { 'retry-after': '1800' });
const nothing = text(404, `There is nothing here. Today: ${board}\n`);

const server = createServer((request, response) => {
  if (request.url === '/board') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-length': page.length });
    response.end(page);
  } else {
    send(response, choose(request.url));
  }
});

function choose(url: string | undefined): Reply {
  if (url === '/board.txt') return plain;
  if (url === '/kitchen') return closed;
  return nothing;
}

listen(server);
