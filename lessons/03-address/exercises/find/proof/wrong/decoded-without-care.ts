// A16 ended by an address
// One request ended the whole server: "%" alone is no percent-code, and decodeURIComponent throws at
// it.

import { createServer } from 'node:http';
import { listen } from '../../../../../02-reply/listen.ts';
import { send, text, type Reply } from '../../../../../02-reply/reply.ts';
import { readAddress, type Address } from '../../../../address.ts';
import { items, menuLine } from '../../../../items.ts';

const server = createServer((request, response) => {
  const { url = '/', method = 'GET' } = request;
  const [path = '/', query = ''] = url.split('?');
  const pairs = query.split('&').map((pair) => pair.split('=').map(decodeURIComponent));
  send(response, answer({ method, path, query: new Map(pairs), refused: undefined }));
});

function answer({ method, path, query, refused }: Address): Reply {
  if (refused) return refused;
  if (method !== 'GET' && method !== 'HEAD') return text(405, `Nothing here answers ${method}.\n`, { allow: 'GET, HEAD' });
  if (path === '/menu') return text(200, items.map(menuLine).join(''));
  if (path === '/find') return text(200, find(query.get('price') ?? null, query.get('name') ?? null));
  return text(404, `There is nothing at "${path}".\n`);
}

function find(price: string | null, name: string | null): string {
  const found = items.filter((item) =>
    (price === null || item.price === Number(price)) &&
    (name === null || item.name.toLowerCase().includes(name.toLowerCase())));
  return found.map(menuLine).join('') || 'Nothing on the menu is like that.\n';
}

listen(server);
