// The menu is prepared once: what is looked up in it stands in a Map of prices, and in small letters.

import { createServer } from 'node:http';
import { listen } from '../../../../../02-reply/listen.ts';
import { text } from '../../../../../02-reply/reply.ts';
import { send } from '../../../../../02-reply/send.ts';
import { readAddress } from '../../../../address.ts';
import { items, menuLine } from '../../../../items.ts';

type Entry = { key: string; line: string };

const all: Entry[] = items.map((item) => ({ key: item.name.toLowerCase(), line: menuLine(item) }));
const byPrice = new Map<string, Entry[]>();
items.forEach(({ price }, index) => byPrice.set(`${price}`, [...byPrice.get(`${price}`) ?? [], all[index]!]));

const lines = (entries: Entry[]) => entries.map(({ line }) => line).join('') || 'We have nothing like it.\n';

listen(createServer((request, response) => {
  const { method, path, query, refused } = readAddress(request);
  const { price, name = '' } = Object.fromEntries(query);
  const isReading = method === 'GET' || method === 'HEAD';
  const start = price === undefined ? all : byPrice.get(price) ?? [];
  send(response, refused
    ?? (!isReading ? text(405, 'This menu is for reading.\n', { allow: 'GET, HEAD' })
      : path === '/menu' ? text(200, lines(all))
        : path === '/find' ? text(200, lines(start.filter(({ key }) => key.includes(name.toLowerCase()))))
          : text(404, 'That is somewhere else.\n')));
}));
