// Exercise: the board outside, as a page and as text. See task.md.

import { createServer } from 'node:http';
import { listen } from '../../listen.ts';
import { text } from '../../reply.ts';
import { send } from '../../send.ts';

const board = 'Crème brûlée, €4.90';

const nothing = text(404, `There is nothing here. Today: ${board}\n`);

const server = createServer((request, response) => {
  // TODO: make three more replies, and send the one that belongs to request.url.
  send(response, nothing);
});

listen(server);
