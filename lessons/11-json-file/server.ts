import { createServer } from 'node:http';
import { join } from 'node:path';
import { listen } from '../02-reply/listen.ts';
import { text } from '../02-reply/reply.ts';
import { items, type Item } from '../03-address/items.ts';
import { welcome } from '../03-address/welcome.ts';
import { answerWith, router, type Handler, type Route } from '../04-router/router.ts';
import { around, withLog, type Layer } from '../05-around/around.ts';
import { withErrors } from '../06-errors/errors.ts';
import { noteBook } from '../07-body/note-book.ts';
import { basketRoutes } from '../09-logic/basket.ts';
import { itemText, menuText } from '../09-logic/menu-text.ts';
import { menuRoutes } from '../10-api/menu-api.ts';
import { jsonFileStorage } from '../11-json-file/json-file.ts';
import { dataFolder, orStop } from '../11-json-file/open.ts';

const folder = dataFolder(import.meta.url);
const storage = await orStop(jsonFileStorage(join(folder, 'cafe.json')));
const menu = storage.collection<Item>('menu',
  { unique: ['name'], indexes: ['category'], initial: items });

const showMenu: Handler = async ({ address }) => text(200, await menuText(menu, address.query));

const showItem: Handler = async ({ params }) => text(200, await itemText(menu, params.id));

const routes: Route[] = [
  { method: 'GET', pattern: '/', handler: () => welcome },
  { method: 'GET', pattern: '/menu', handler: showMenu },
  { method: 'GET', pattern: '/menu/:id', handler: showItem },
  ...noteBook(),
  ...menuRoutes(menu),
  ...basketRoutes(menu),
];

const layers: Layer[] = [
  withLog,
  withErrors,
];

const cafe = router(routes);
const server = createServer(answerWith(around(layers, cafe)));

listen(server);
