// A7 percent-codes not turned back
// Nothing was found for "é au", which travels as "%C3%A9%20au": the codes were not turned back into
// the letters.

import { createServer } from 'node:http';
import { listen } from '../../../../../02-reply/listen.ts';
import { send, text, type Reply } from '../../../../../02-reply/reply.ts';
import { readAddress, type Address } from '../../../../address.ts';
import { items, menuLine } from '../../../../items.ts';

const server = createServer((request, response) => {
  const address = readAddress(request);
  const name = request.url?.split('name=')[1]?.split('&')[0] ?? null;
  send(response, answer(address, name));
});

function answer({ method, path, query, refused }: Address, name: string | null): Reply {
  if (refused) return refused;
  if (method !== 'GET' && method !== 'HEAD') return text(405, `Nothing here answers ${method}.\n`, { allow: 'GET, HEAD' });
  if (path === '/menu') return text(200, items.map(menuLine).join(''));
  if (path === '/find') return text(200, find(query.get('price'), name));
  return text(404, `There is nothing at "${path}".\n`);
}

function find(price: string | null, name: string | null): string {
  const found = items.filter((item) =>
    (price === null || item.price === Number(price)) &&
    (name === null || item.name.toLowerCase().includes(name.toLowerCase())));
  return found.map(menuLine).join('') || 'Nothing on the menu is like that.\n';
}

listen(server);
