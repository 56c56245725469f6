import { createServer, type IncomingMessage } from 'node:http';
import { listen } from '../02-reply/listen.ts';
import { html, text, type Reply } from '../02-reply/reply.ts';
import { send } from '../02-reply/send.ts';

const welcome = html(200, '<!doctype html><html lang="en"><title>Café</title><h1>Café ☕</h1>' +
  '<p>Hello from the backend!</p>\n');
const nothing = text(404, 'There is nothing here yet. The café is at "/".\n');

function answer(request: IncomingMessage): Reply {
  if (request.url === '/') return welcome;
  return nothing;
}

const server = createServer((request, response) => send(response, answer(request)));

listen(server);
