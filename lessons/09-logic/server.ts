import { createServer } from 'node:http';
import { listen } from '../02-reply/listen.ts';
import { json, text } from '../02-reply/reply.ts';
import { items, type Item } from '../03-address/items.ts';
import { welcome } from '../03-address/welcome.ts';
import { answerWith, router, type Handler, type Route } from '../04-router/router.ts';
import { around, withLog, type Layer } from '../05-around/around.ts';
import { withErrors } from '../06-errors/errors.ts';
import { readJson } from '../07-body/body.ts';
import { noteBook } from '../07-body/note-book.ts';
import { newItemRule } from '../08-validate/item.ts';
import { validate } from '../08-validate/validate.ts';
import { basketRoutes } from '../09-logic/basket.ts';
import { memoryStorage } from '../09-logic/memory.ts';
import { itemText, menuText } from '../09-logic/menu-text.ts';

const storage = memoryStorage();
const menu = storage.collection<Item>('menu',
  { unique: ['name'], indexes: ['category'], initial: items });

const showMenu: Handler = async ({ address }) => text(200, await menuText(menu, address.query));

const showItem: Handler = async ({ params }) => text(200, await itemText(menu, params.id));

const addItem: Handler = async ({ request }) => {
  const fields = validate(newItemRule, await readJson(request));
  const item = await menu.insert(fields);
  return json(201, item);
};

const routes: Route[] = [
  { method: 'GET', pattern: '/', handler: () => welcome },
  { method: 'GET', pattern: '/menu', handler: showMenu },
  { method: 'GET', pattern: '/menu/:id', handler: showItem },
  ...noteBook(),
  { method: 'POST', pattern: '/api/menu', handler: addItem },
  ...basketRoutes(menu),
];

const layers: Layer[] = [
  withLog,
  withErrors,
];

const cafe = router(routes);
const server = createServer(answerWith(around(layers, cafe)));

listen(server);
