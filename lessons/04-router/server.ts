import { createServer } from 'node:http';
import { listen } from '../02-reply/listen.ts';
import { text } from '../02-reply/reply.ts';
import { items, menuLine } from '../03-address/items.ts';
import { welcome } from '../03-address/welcome.ts';
import { answerWith, router, type Handler } from './router.ts';

const showMenu: Handler = ({ address }) => {
  const search = address.query.get('search') ?? '';
  const wanted = items.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()));
  return text(200, wanted.map(menuLine).join('') || `Nothing on the menu has "${search}" in its name.\n`);
};

const showItem: Handler = ({ values }) => {
  const item = items.find(({ id }) => String(id) === values.id);
  return item ? text(200, menuLine(item)) : text(404, `There is no item ${values.id}. The menu is at "/menu".\n`);
};

const routes = [
  { method: 'GET', pattern: '/', handler: () => welcome },
  { method: 'GET', pattern: '/menu', handler: showMenu },
  { method: 'GET', pattern: '/menu/:id', handler: showItem },
];

listen(createServer(answerWith(router(routes))));
