// Lesson 12 · pages: the café for people, in front of a browser.
//
//   GET /menu?search=tea  ──►  the teas, as HTML, with links to each: /menu/7, /menu/8, …
//   GET /menu/2           ──►  Flat white, €3.40, and a button that asks GET /api/menu/2
//
// Pages and API use the same collection and the same rules. The pages are made on the server, so
// they work before a script is loaded, and without one. The alternative is an empty page whose
// script asks the API for the rest. That is good for pages that change all the time, but they show
// nothing until the script runs.

import type { Item } from '../03-address/items.ts';
import type { Reply } from '../02-reply/reply.ts';
import type { Call, Route } from '../04-router/router.ts';
import { Refusal } from '../06-errors/errors.ts';
import { matches, WHOLE_MENU } from '../09-logic/menu.ts';
import type { Collection } from '../09-logic/storage.ts';
import { idOf } from '../10-api/id.ts';
import { markup } from './html.ts';
import { itemPage } from './item-page.ts';
import type { Link, Show } from './layout.ts';
import { menuPage } from './menu-page.ts';
import { currentSettings, type Settings } from './settings-rules.ts';

export { byCategory, TITLES, titleOf } from './categories.ts';

export function pageRoutes(
  menu: Collection<Item>,
  settings: Collection<Settings>,
  show: Show,
): Route[] {
  return [
    { method: 'GET', pattern: '/', handler: (call) => showWelcome(settings, show, call) },
    { method: 'GET', pattern: '/menu', handler: (call) => showMenu(menu, show, call) },
    { method: 'GET', pattern: '/menu/:id', handler: (call) => showItem(menu, show, call) },
  ];
}

async function showItem(menu: Collection<Item>, show: Show, call: Call): Promise<Reply> {
  const item = await findItem(menu, call);
  return show({ call, title: item.name, body: itemPage(item) });
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

export const pageNav: Link[] = [
  { name: 'Café', address: '/' },
  { name: 'Menu', address: '/menu' },
];

async function showWelcome(settings: Collection<Settings>, show: Show, call: Call): Promise<Reply> {
  const { opens, closes, message } = await currentSettings(settings);
  const body = markup`<section class="welcome">
<h1>Café ☕</h1>
<p class="lead">Hello from the backend!</p>
<p>We are open from <strong>${opens}</strong> to <strong>${closes}</strong>.</p>
${message && markup`<p class="message">${message}</p>`}
<p><a class="button" href="/menu">Look at the menu</a> \
<a class="button quiet" href="/notes">Read what guests say</a></p>
</section>`;
  return show({ call, title: 'Welcome', body });
}

async function showMenu(menu: Collection<Item>, show: Show, call: Call): Promise<Reply> {
  const search = (call.address.query.get('search') ?? '').trim();
  const { records } = await menu.list(WHOLE_MENU);
  const wanted = search === '' ? records : records.filter((item) => matches(item, search));
  const title = search === '' ? 'Menu' : `Menu: ${search}`;
  return show({ call, title, body: menuPage(wanted, search) });
}

export async function findItem(menu: Collection<Item>, call: Call): Promise<Item> {
  const item = await menu.get(idOf(call));
  if (item) return item;
  throw new Refusal(404, `There is no item ${call.params.id}. The menu is at "/menu".`);
}
