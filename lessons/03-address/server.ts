import { createServer } from 'node:http';
import { listen } from '../02-reply/listen.ts';
import { send, text, type Reply } from '../02-reply/reply.ts';
import { readAddress, type Address } from './address.ts';
import { items, menuLine } from './items.ts';
import { welcome } from './welcome.ts';

const server = createServer((request, response) => {
  send(response, answer(readAddress(request)));
});

function answer({ method, path, query, refused }: Address): Reply {
  if (refused) return refused;
  if (method !== 'GET' && method !== 'HEAD') return text(405, `This server does not answer ${method} yet.\n`, { allow: 'GET, HEAD' });
  if (path === '/') return welcome;
  if (path === '/menu') return text(200, menu(query.get('search') ?? ''));
  if (path === '/menu/1') return text(200, menuLine(items[0]!));
  if (path === '/menu/2') return text(200, menuLine(items[1]!));
  // … and 20 more of these? It hurts: lesson 04.
  return text(404, `There is nothing at "${path}". The menu is at "/menu".\n`);
}

function menu(search: string): string {
  const wanted = items.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()));
  return wanted.map(menuLine).join('') || `Nothing on the menu has "${search}" in its name.\n`;
}

listen(server);
