// A route for each category, made from the menu; what is left goes to one that says no. As HTML.

import { createServer } from 'node:http';
import { listen } from '../../../../../02-reply/listen.ts';
import { html, text, type Reply } from '../../../../../02-reply/reply.ts';
import { items, menuLine, type Item } from '../../../../../03-address/items.ts';
import { answerWith, router } from '../../../../router.ts';

function page(wanted: Item[]): Reply {
  return html(200, `<pre>${wanted.map(menuLine).join('')}</pre>`);
}

const names = [...new Set(items.map((item) => item.category))];
const routes = names.map((name) => ({
  method: 'GET', pattern: `/categories/${name}`, handler: () => page(items.filter((item) => item.category === name)),
}));

listen(createServer(answerWith(router([
  ...routes,
  { method: 'GET', pattern: '/categories/:name', handler: ({ params }) => text(404, `We have ${names.join(', ')}, but no ${params.name}.`) },
  { method: 'GET', pattern: '/menu', handler: () => page(items) },
  { method: 'GET', pattern: '/menu/:id', handler: ({ params }) => page(items.filter((item) => String(item.id) === params.id)) },
]))));
