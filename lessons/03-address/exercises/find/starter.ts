// Exercise: a search by price and by name. See task.md.

import { createServer } from 'node:http';
import { listen } from '../../../02-reply/listen.ts';
import { text, type Reply } from '../../../02-reply/reply.ts';
import { send } from '../../../02-reply/send.ts';
import { readAddress, type Address } from '../../address.ts';
import { items, menuLine } from '../../items.ts';

const server = createServer((request, response) => {
  send(response, answer(readAddress(request)));
});

function answer({ path, refused }: Address): Reply {
  if (refused) return refused;
  if (path === '/menu') return text(200, items.map(menuLine).join(''));
  // TODO: /find, with its query; and before all paths, the methods.
  return text(404, `There is nothing at "${path}".\n`);
}

listen(server);
