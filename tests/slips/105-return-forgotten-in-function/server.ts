import { createServer, type IncomingMessage } from 'node:http';
import { listen } from '../../../lessons/02-reply/listen.ts';
import { text } from '../../../lessons/02-reply/reply.ts';
import { send } from '../../../lessons/02-reply/send.ts';

function answer(request: IncomingMessage): any {
  if (request.url === '/') return text(200, 'Hello');
  text(404, 'There is nothing here.');
}

listen(createServer((request, response) => send(response, answer(request))));
