import { createServer } from 'node:http';
import { listen } from '../02-reply/listen.ts';
import { text, type Reply } from '../02-reply/reply.ts';
import { send } from '../02-reply/send.ts';
import type { Address } from '../03-address/address.ts';
import { items, menuLine } from '../03-address/items.ts';
import { menuText } from '../03-address/menu-text.ts';
import { readGet } from '../03-address/only-get.ts';
import { welcome } from '../03-address/welcome.ts';

const menu = [...items];

const showMenu = ({ address }: { address: Address }) => text(200, menuText(menu, address.query));

const showItem = ({ params }: { params: Record<string, string> }) => {
  const item = menu.find(({ id }) => String(id) === params.id);
  if (!item) return text(404, `There is no item ${params.id}. The menu is at "/menu".\n`);
  return text(200, menuLine(item));
};

function answer(address: Address): Reply {
  if (address.refused) return address.refused;
  if (address.path === '/') return welcome;
  if (address.path === '/menu') return showMenu({ address });
  if (address.path === '/menu/2') return showItem({ params: { id: '2' } }); // And 21 more?
  return text(404, `There is nothing at "${address.path}". The menu is at "/menu".\n`);
}

const server = createServer((request, response) => send(response, answer(readGet(request))));

listen(server);
