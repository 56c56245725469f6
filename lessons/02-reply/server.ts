import { createServer } from 'node:http';
import { listen } from './listen.ts';
import { html, send, text } from './reply.ts';

const welcome = html(200, '<!doctype html><html lang="en"><title>Café</title><h1>Café ☕</h1><p>Hello from the backend!</p>\n');
const nothing = text(404, 'There is nothing here yet. The café is at "/".\n');

const server = createServer((request, response) => {
  send(response, request.url === '/' ? welcome : nothing);
});

listen(server);
