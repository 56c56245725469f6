import { createServer } from 'node:http';
import { join } from 'node:path';
import { listen } from '../02-reply/listen.ts';
import { redirect } from '../02-reply/reply.ts';
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
import { fileRoutes } from '../13-files/files.ts';
import { accountRoutes } from '../14-passwords/account-routes.ts';
import { accountOptions, type Account } from '../14-passwords/accounts.ts';
import { makePasswords } from '../14-passwords/password.ts';
import { makeCheckPassword } from '../15-login/check-password.ts';
import { loginNav, loginPages, waysIn } from '../15-login/login-pages.ts';
import { letIn, sessionRoutes } from '../15-login/login.ts';
import { isHttps } from '../15-login/public-url.ts';
import { after, sampleAccounts } from '../15-login/samples.ts';
import { makeSessions, sessionOptions, type Session } from '../15-login/sessions.ts';
import { makeWhoIs } from '../15-login/who.ts';

const secure = isHttps();
const folder = dataFolder(import.meta.url);
const storage = await orStop(jsonFileStorage(join(folder, 'cafe.json')));
const menu = storage.collection<Item>('menu',
  { unique: ['name'], indexes: ['category'], initial: items });
const notes = storage.collection<Note>('notes', { initial: firstNotes });
const settings = storage.collection<Settings>('settings', { initial: firstSettings });
const accounts = storage.collection<Account>('accounts', accountOptions);
const sessions = makeSessions(storage.collection<Session>('sessions', sessionOptions));

const passwords = makePasswords({ cost: Number(process.env.PASSWORD_COST || 2 ** 17) });
const whoIs = makeWhoIs(sessions, accounts, { secure });
const auth = { checkPassword: makeCheckPassword(accounts, passwords), sessions, whoIs, secure };

const nav = [
  ...pageNav,
  ...noteNav,
  ...settingNav,
  ...loginNav,
];

const styles = ['/assets/cafe.css', '/files/look.css'];
const show = showWith({ nav, styles, scripts: ['/assets/cafe.js'], whoIs });

const routes: Route[] = [
  ...menuRoutes(menu),
  ...basketRoutes(menu),
  ...pageRoutes(menu, settings, show),
  ...noteRoutes(notes, show),
  ...settingRoutes(settings, show),
  ...fileRoutes('/assets', new URL('../12-pages/public', import.meta.url)),
  ...fileRoutes('/files', new URL('../13-files/public', import.meta.url)),
  { method: 'GET', pattern: '/cup.svg', handler: () => redirect('/assets/cup.svg', 308) },
  ...accountRoutes(accounts, passwords, show, (call, account) => letIn(auth, call, account)),
  ...sessionRoutes(auth),
  ...loginPages(auth, show),
];

const samples = sampleAccounts(accounts, passwords);

const layers: Layer[] = [
  withLog,
  withErrorPages(show, waysIn),
  after(samples),
];

checkLinks(nav, routes);
const cafe = router(routes);
const server = createServer(answerWith(around(layers, cafe)));

listen(server);
server.once('listening', samples);
