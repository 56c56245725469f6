// R2 two replies to one request
// The code sent one reply to this request, went on, and sent another one. Only the first can arrive;
// the second is an error.

import { createServer } from 'node:http';
import { listen } from '../../../../listen.ts';
import { html, send, text, type Reply } from '../../../../reply.ts';

const board = 'Crème brûlée, €4.90';

const page = html(200, `<!doctype html><html lang="en"><title>Today</title><h1>${board}</h1>\n`);
const plain = text(200, `${board}\n`);
const closed = text(503, 'The kitchen is closed. It opens again in half an hour.\n', { 'retry-after': '1800' });
const nothing = text(404, `There is nothing here. Today: ${board}\n`);

const server = createServer((request, response) => {
  if (request.url === '/board') {
    response.writeHead(page.status, page.headers);
    response.end(page.body);
  }
  response.writeHead(404);
  response.end('There is nothing here.');
});

listen(server);
