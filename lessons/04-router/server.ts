import { createServer } from 'node:http';
import { listen } from '../02-reply/listen.ts';
import { text } from '../02-reply/reply.ts';
import type { Address } from '../03-address/address.ts';
import { items, menuLine } from '../03-address/items.ts';
import { menuText } from '../03-address/menu-text.ts';
import { welcome } from '../03-address/welcome.ts';
import { answerWith, router, type Route } from '../04-router/router.ts';

const menu = [...items];

const showMenu = ({ address }: { address: Address }) => text(200, menuText(menu, address.query));

const showItem = ({ params }: { params: Record<string, string> }) => {
  const item = menu.find(({ id }) => String(id) === params.id);
  if (!item) return text(404, `There is no item ${params.id}. The menu is at "/menu".\n`);
  return text(200, menuLine(item));
};

const routes: Route[] = [
  { method: 'GET', pattern: '/', handler: () => welcome },
  { method: 'GET', pattern: '/menu', handler: showMenu },
  { method: 'GET', pattern: '/menu/:id', handler: showItem },
];

const cafe = router(routes);
const server = createServer(answerWith(cafe));

listen(server);
