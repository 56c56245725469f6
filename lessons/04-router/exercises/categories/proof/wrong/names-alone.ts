// T14 not as on the menu
// The three teas came, and not as /menu shows them: nobody sees what they cost.

import { createServer } from 'node:http';
import { listen } from '../../../../../02-reply/listen.ts';
import { text } from '../../../../../02-reply/reply.ts';
import { items, menuLine } from '../../../../../03-address/items.ts';
import { answerWith, router, type Handler } from '../../../../router.ts';

const showMenu: Handler = () => text(200, items.map(menuLine).join(''));

const showItem: Handler = ({ values }) => {
  const item = items.find(({ id }) => String(id) === values.id);
  return item ? text(200, menuLine(item)) : text(404, `There is no item ${values.id}.\n`);
};

const showCategory: Handler = ({ values }) => {
  const found = items.filter(({ category }) => category === values.name);
  if (found.length === 0) return text(404, `There is no category "${values.name}".\n`);
  return text(200, found.map(({ name }) => `${name}\n`).join(''));
};

const routes = [
  { method: 'GET', pattern: '/menu', handler: showMenu },
  { method: 'GET', pattern: '/menu/:id', handler: showItem },
  { method: 'GET', pattern: '/categories/:name', handler: showCategory },
];

listen(createServer(answerWith(router(routes))));
