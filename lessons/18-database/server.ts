import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '../../db/database.ts';
import { listen } from '../02-reply/listen.ts';
import { redirect } from '../02-reply/reply.ts';
import { answerWith, router, type Route } from '../04-router/router.ts';
import { around, withLog } from '../05-around/around.ts';
import { withErrors } from '../06-errors/errors.ts';
import { menuRoutes } from '../10-api/menu-api.ts';
import { stopWith } from '../11-json-file/json-file.ts';
import { errorPage, showWith } from '../12-pages/layout.ts';
import { noteRoutes } from '../12-pages/notes.ts';
import { pageRoutes } from '../12-pages/pages.ts';
import { settingRoutes } from '../12-pages/settings.ts';
import { fileRoutes } from '../13-files/files.ts';
import { accountRoutes } from '../14-passwords/account-routes.ts';
import { checkLogin } from '../14-passwords/accounts.ts';
import { makePasswords } from '../14-passwords/password.ts';
import { collectionsOf } from '../15-login/collections.ts';
import { loginPages } from '../15-login/login-pages.ts';
import { sessionRoutes } from '../15-login/login.ts';
import { openSamples } from '../15-login/samples.ts';
import { makeSessions } from '../15-login/sessions.ts';
import { makeWhoIs } from '../15-login/who.ts';
import { accountApi } from '../16-rights/account-api.ts';
import { needs } from '../16-rights/needs.ts';
import { rights } from '../16-rights/rights.ts';
import { staffPages } from '../16-rights/staff-pages.ts';

const folder = process.env.DATA_DIR || fileURLToPath(new URL('../../db/data/18', import.meta.url));
const { menu, notes, settings, accounts, sessions: stored } = await openDatabase(folder).then(collectionsOf).catch(stopWith);

const nav = () => [{ name: 'Café', address: '/' }, { name: 'Menu', address: '/menu' }, { name: 'Notes', address: '/notes' }, { name: 'Staff', address: '/staff' }, { name: 'You', address: '/login' }];
const show = showWith({ nav, styles: ['/assets/cafe.css', '/files/look.css'], scripts: ['/assets/cafe.js'] });

const passwords = makePasswords({ cost: Number(process.env.PASSWORD_COST || 2 ** 17) });
const secure = process.env.PUBLIC_URL?.startsWith('https:');
const sessions = makeSessions(stored);
const whoIs = makeWhoIs(sessions, accounts, { secure });
const door = { checkPassword: checkLogin(accounts, passwords), sessions, whoIs, secure };

const routes: Route[] = [
  ...pageRoutes(menu, settings, show), ...noteRoutes(notes, show), ...settingRoutes(settings, show), ...menuRoutes(menu), ...staffPages(menu, show),
  ...accountRoutes(accounts, passwords, show, '/login'), ...accountApi(accounts, whoIs), ...sessionRoutes(door), ...loginPages(door, show),
  ...fileRoutes('/assets', new URL('../12-pages/public', import.meta.url)), ...fileRoutes('/files', new URL('../13-files/public', import.meta.url)),
  { method: 'GET', pattern: '/cup.svg', handler: () => redirect('/assets/cup.svg', 308) },
];
const cafe = router(rights(routes, needs, whoIs));
for (const line of await openSamples(accounts, passwords)) console.log(line);
listen(createServer(answerWith(around([withLog, (handler) => withErrors(handler, { page: errorPage(show) })], cafe))));
