import { createServer } from 'node:http';
import { listen } from '../../../lessons/02-reply/listen.ts';
import { text } from '../../../lessons/02-reply/reply.ts';
import { send } from '../../../lessons/02-reply/send.ts';

listen(createServer((request, response) => {
  if (request.url === '/menu') send(response, text(200, 'Flat white'));
  send(response, text(404, 'There is nothing here.'));
}));
