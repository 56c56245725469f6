import { createServer } from 'node:http';
import { join } from 'node:path';
import { listen } from '../02-reply/listen.ts';
import { items, type Item } from '../03-address/items.ts';
import { answerWith, router, type Route } from '../04-router/router.ts';
import { around, withLog, type Layer } from '../05-around/around.ts';
import { basketRoutes } from '../09-logic/basket.ts';
import { menuRoutes } from '../10-api/menu-api.ts';
import { jsonFileStorage } from '../11-json-file/json-file.ts';
import { dataFolder, orStop } from '../11-json-file/open.ts';
import { checkLinks } from '../12-pages/check-links.ts';
import { withErrorPages } from '../12-pages/error-pages.ts';
import { showWith } from '../12-pages/layout.ts';
import { firstNotes, noteNav, noteRoutes, type Note } from '../12-pages/notes.ts';
import { pageNav, pageRoutes } from '../12-pages/pages.ts';
import { firstSettings, settingNav, settingRoutes, type Settings } from '../12-pages/settings.ts';
import { threeFiles } from '../12-pages/three-files.ts';

const folder = dataFolder(import.meta.url);
const storage = await orStop(jsonFileStorage(join(folder, 'cafe.json')));
const menu = storage.collection<Item>('menu',
  { unique: ['name'], indexes: ['category'], initial: items });
const notes = storage.collection<Note>('notes', { initial: firstNotes });
const settings = storage.collection<Settings>('settings', { initial: firstSettings });

const nav = [
  ...pageNav,
  ...noteNav,
  ...settingNav,
];

const styles = ['/assets/cafe.css'];
const show = showWith({ nav, styles, scripts: ['/assets/cafe.js'] });

const routes: Route[] = [
  ...menuRoutes(menu),
  ...basketRoutes(menu),
  ...pageRoutes(menu, settings, show),
  ...noteRoutes(notes, show),
  ...settingRoutes(settings, show),
  ...threeFiles,
];

const layers: Layer[] = [
  withLog,
  withErrorPages(show),
];

checkLinks(nav, routes);
const cafe = router(routes);
const server = createServer(answerWith(around(layers, cafe)));

listen(server);
