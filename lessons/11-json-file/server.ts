import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listen } from '../02-reply/listen.ts';
import { text } from '../02-reply/reply.ts';
import { items, menuLine, type Item } from '../03-address/items.ts';
import { welcome } from '../03-address/welcome.ts';
import { answerWith, router, type Handler } from '../04-router/router.ts';
import { around, withLog } from '../05-around/around.ts';
import { withErrors } from '../06-errors/errors.ts';
import { matches } from '../09-logic/menu.ts';
import { menuRoutes } from '../10-api/menu-api.ts';
import { jsonFileStorage, stopWith } from './json-file.ts';

const folder = process.env.DATA_DIR || fileURLToPath(new URL('../../db/data/11', import.meta.url));

const menu = await openMenu().catch(stopWith);

async function openMenu() {
  const storage = await jsonFileStorage(join(folder, 'cafe.json'));
  return storage.collection<Item>('menu', { unique: ['name'], indexes: ['category'], first: items });
}

const showMenu: Handler = async ({ address }) => {
  const { records } = await menu.list({ limit: 1_000 });
  const wanted = records.filter((item) => matches(item, address.query.get('search') ?? ''));
  return text(200, wanted.map(menuLine).join('') || 'Nothing on the menu is called so.\n');
};

const cafe = router([
  { method: 'GET', pattern: '/', handler: () => welcome },
  { method: 'GET', pattern: '/menu', handler: showMenu },
  ...menuRoutes(menu),
]);

listen(createServer(answerWith(around([withLog, withErrors], cafe))));
