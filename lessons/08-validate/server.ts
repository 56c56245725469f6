import { createServer } from 'node:http';
import { listen } from '../02-reply/listen.ts';
import { json, text } from '../02-reply/reply.ts';
import type { Address } from '../03-address/address.ts';
import { items } from '../03-address/items.ts';
import { menuText } from '../03-address/menu-text.ts';
import { welcome } from '../03-address/welcome.ts';
import { answerWith, router, type Handler, type Route } from '../04-router/router.ts';
import { around, withLog, type Layer } from '../05-around/around.ts';
import { withErrors } from '../06-errors/errors.ts';
import { itemText } from '../06-errors/item-text.ts';
import { readJson } from '../07-body/body.ts';
import { noteBook } from '../07-body/note-book.ts';
import { newItemRule } from '../08-validate/item.ts';
import { validate } from '../08-validate/validate.ts';

const menu = [...items];

const showMenu = ({ address }: { address: Address }) => text(200, menuText(menu, address.query));

const showItem: Handler = ({ params }) => text(200, itemText(menu, params.id));

const addItem: Handler = async ({ request }) => {
  const fields = validate(newItemRule, await readJson(request));
  const item = { id: menu.length + 1, ...fields, version: 1 };
  menu.push(item);
  return json(201, item);
};

const routes: Route[] = [
  { method: 'GET', pattern: '/', handler: () => welcome },
  { method: 'GET', pattern: '/menu', handler: showMenu },
  { method: 'GET', pattern: '/menu/:id', handler: showItem },
  ...noteBook(),
  { method: 'POST', pattern: '/api/menu', handler: addItem },
];

const layers: Layer[] = [
  withLog,
  withErrors,
];

const cafe = router(routes);
const server = createServer(answerWith(around(layers, cafe)));

listen(server);
