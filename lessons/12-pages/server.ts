import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listen } from '../02-reply/listen.ts';
import { bytes } from '../02-reply/reply.ts';
import { items, type Item } from '../03-address/items.ts';
import { answerWith, router, type Route } from '../04-router/router.ts';
import { around, withLog } from '../05-around/around.ts';
import { withErrors } from '../06-errors/errors.ts';
import { menuRoutes } from '../10-api/menu-api.ts';
import { jsonFileStorage, stopWith } from '../11-json-file/json-file.ts';
import { errorPage, showWith } from './layout.ts';
import { firstNotes, noteRoutes, type Note } from './notes.ts';
import { pageRoutes } from './pages.ts';
import { firstSettings, settingRoutes, type Settings } from './settings.ts';

const folder = process.env.DATA_DIR || fileURLToPath(new URL('../../db/data/12', import.meta.url));
const { menu, notes, settings } = await openCafe().catch(stopWith);

async function openCafe() {
  const storage = await jsonFileStorage(join(folder, 'cafe.json'));
  return {
    menu: storage.collection<Item>('menu', { unique: ['name'], indexes: ['category'], first: items }),
    notes: storage.collection<Note>('notes', { first: firstNotes }),
    settings: storage.collection<Settings>('settings', { first: firstSettings }),
  };
}

const nav = () => [{ name: 'Café', address: '/' }, { name: 'Menu', address: '/menu' }, { name: 'Notes', address: '/notes' }, { name: 'Settings', address: '/settings' }];
const show = showWith({ nav, styles: ['/cafe.css'], scripts: ['/cafe.js'] });

// Three files, three routes … until it hurts: lesson 13.
function file(name: string, type: string): Route {
  const content = readFileSync(new URL(`public/${name}`, import.meta.url));
  return { method: 'GET', pattern: `/${name}`, handler: () => bytes(200, type, content) };
}

const cafe = router([
  ...pageRoutes(menu, settings, show),
  ...noteRoutes(notes, show),
  ...settingRoutes(settings, show),
  ...menuRoutes(menu),
  file('cafe.css', 'text/css; charset=utf-8'),
  file('cafe.js', 'text/javascript; charset=utf-8'),
  file('cup.svg', 'image/svg+xml'),
]);

listen(createServer(answerWith(around([withLog, (handler) => withErrors(handler, { page: errorPage(show) })], cafe))));
