// Another style: the menu is sorted into its categories once, at the start.

import { createServer } from 'node:http';
import { listen } from '../../../../../02-reply/listen.ts';
import { text } from '../../../../../02-reply/reply.ts';
import { items, menuLine } from '../../../../../03-address/items.ts';
import { answerWith, router } from '../../../../router.ts';

const shelves = new Map<string, string>();
for (const item of items) {
  shelves.set(item.category, (shelves.get(item.category) ?? '') + menuLine(item));
}

listen(createServer(answerWith(router([
  { method: 'GET', pattern: '/categories/:shelf', handler: async ({ params: { shelf = '' } }) => {
    const page = shelves.get(shelf);
    return page === undefined ? text(404, `Nobody sells ${shelf} here.`) : text(200, page);
  } },
  { method: 'GET', pattern: '/menu/:number', handler: ({ params }) => {
    const item = items[Number(params.number) - 1];
    return item === undefined ? text(404, 'No such item.') : text(200, menuLine(item));
  } },
  { method: 'GET', pattern: '/menu', handler: () => text(200, items.map(menuLine).join('')) },
]))));
