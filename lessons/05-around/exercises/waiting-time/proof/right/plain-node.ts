// Without router, reply and around: plain Node, and a function that goes around another one.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { performance } from 'node:perf_hooks';
import { items, menuLine } from '../../../../../03-address/items.ts';

type Listener = (request: IncomingMessage, response: ServerResponse) => void;
let soup = 8;

const timed = (listener: Listener): Listener => (request, response) => {
  const start = performance.now();
  const { writeHead } = response;
  response.writeHead = ((status: number, headers?: Record<string, string>) => {
    const times = [response.getHeader('server-timing'), `${status < 400 ? 'served' : 'refused'};dur=${performance.now() - start}`];
    response.setHeader('Server-Timing', times.filter((time) => time !== undefined).join(', '));
    return writeHead.call(response, status, headers);
  }) as typeof writeHead;
  listener(request, response);
};

const answer: Listener = (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://cafe');
  const end = (status: number, body: string, type = 'text/plain; charset=utf-8') => response.writeHead(status, { 'Content-Type': type }).end(body);
  const item = items.find(({ id }) => pathname === `/menu/${id}`);
  if (searchParams.get('hour') === '23') {
    response.setHeader('Retry-After', '3600');
    end(503, 'We are open from 7 to 19.');
  } else if (pathname === '/') end(200, '<h1>Café</h1>', 'text/html; charset=utf-8');
  else if (pathname === '/soup') setTimeout(() => {
    response.setHeader('Server-Timing', 'kitchen;dur=30');
    end(200, `Your soup. ${--soup} bowls are left.`);
  }, 31);
  else if (item) end(200, menuLine(item));
  else end(404, 'There is nothing.');
};

createServer(timed(answer)).listen(3000);
