import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listen } from '../02-reply/listen.ts';
import { redirect } from '../02-reply/reply.ts';
import { items, type Item } from '../03-address/items.ts';
import { answerWith, router } from '../04-router/router.ts';
import { around, withLog } from '../05-around/around.ts';
import { withErrors } from '../06-errors/errors.ts';
import { menuRoutes } from '../10-api/menu-api.ts';
import { jsonFileStorage, stopWith } from '../11-json-file/json-file.ts';
import { errorPage, showWith } from '../12-pages/layout.ts';
import { firstNotes, noteRoutes, type Note } from '../12-pages/notes.ts';
import { pageRoutes } from '../12-pages/pages.ts';
import { firstSettings, settingRoutes, type Settings } from '../12-pages/settings.ts';
import { fileRoutes } from '../13-files/files.ts';
import { accountRoutes } from './account-routes.ts';
import { accountOptions, type Account } from './accounts.ts';
import { makePasswords } from './password.ts';

const folder = process.env.DATA_DIR || fileURLToPath(new URL('../../db/data/14', import.meta.url));
const passwords = makePasswords({ cost: Number(process.env.PASSWORD_COST || 2 ** 17) });
const { menu, notes, settings, accounts } = await openCafe().catch(stopWith);

async function openCafe() {
  const storage = await jsonFileStorage(join(folder, 'cafe.json'));
  return {
    menu: storage.collection<Item>('menu', { unique: ['name'], indexes: ['category'], first: items }),
    notes: storage.collection<Note>('notes', { first: firstNotes }),
    settings: storage.collection<Settings>('settings', { first: firstSettings }),
    accounts: storage.collection<Account>('accounts', accountOptions),
  };
}

const nav = () => [{ name: 'Café', address: '/' }, { name: 'Menu', address: '/menu' }, { name: 'Notes', address: '/notes' }, { name: 'Settings', address: '/settings' }, { name: 'Account', address: '/account' }];
const show = showWith({ nav, styles: ['/assets/cafe.css', '/files/look.css'], scripts: ['/assets/cafe.js'] });

const cafe = router([
  ...pageRoutes(menu, settings, show),
  ...noteRoutes(notes, show),
  ...settingRoutes(settings, show),
  ...menuRoutes(menu),
  ...accountRoutes(accounts, passwords, show),
  ...fileRoutes('/assets', new URL('../12-pages/public', import.meta.url)),
  ...fileRoutes('/files', new URL('../13-files/public', import.meta.url)),
  { method: 'GET', pattern: '/cup.svg', handler: () => redirect('/assets/cup.svg', 308) },
]);

listen(createServer(answerWith(around([withLog, (handler) => withErrors(handler, { page: errorPage(show) })], cafe))));
