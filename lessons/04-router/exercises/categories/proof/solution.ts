// Exercise: one page for each category of the menu. See task.md.

import { createServer } from 'node:http';
import { listen } from '../../../../02-reply/listen.ts';
import { text } from '../../../../02-reply/reply.ts';
import { items, menuLine } from '../../../../03-address/items.ts';
import { answerWith, router, type Handler } from '../../../router.ts';

const showMenu: Handler = () => text(200, items.map(menuLine).join(''));

const showItem: Handler = ({ params }) => {
  const item = items.find(({ id }) => String(id) === params.id);
  return item ? text(200, menuLine(item)) : text(404, `There is no item ${params.id}.\n`);
};

const showCategory: Handler = ({ params }) => {
  const found = items.filter(({ category }) => category === params.name);
  if (found.length === 0) return text(404, `There is no category "${params.name}".\n`);
  return text(200, found.map(menuLine).join(''));
};

const routes = [
  { method: 'GET', pattern: '/menu', handler: showMenu },
  { method: 'GET', pattern: '/menu/:id', handler: showItem },
  { method: 'GET', pattern: '/categories/:name', handler: showCategory },
];

listen(createServer(answerWith(router(routes))));
