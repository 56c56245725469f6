// Lesson 12 · pages: the café for people, in front of a browser.
//
//   GET /menu?search=tea  ──►  the teas, as HTML, with links to each: /menu/7, /menu/8, …
//   GET /menu/2           ──►  Flat white, €3.40, and a button that asks GET /api/menu/2
//
// Pages and API are two doors of one café: both ask the same collection and the same rules. The
// pages are made here, on the server, so they work before any script has been loaded, and without
// one. The other way, an empty page whose script asks the API for all the rest, pays where a page
// changes all the time; it shows nothing until the script runs.

import { priceTag, type Item } from '../03-address/items.ts';
import type { Reply } from '../02-reply/reply.ts';
import type { Call, Route } from '../04-router/router.ts';
import { Refusal } from '../06-errors/errors.ts';
import { matches, WHOLE_MENU } from '../09-logic/menu.ts';
import type { Collection } from '../09-logic/storage.ts';
import { idOf } from '../10-api/id.ts';
import { markup, type Markup } from './html.ts';
import type { Link, Show } from './layout.ts';
import { memoize } from './memoize.ts';
import { present, type Settings } from './settings.ts';

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

// The button is for the script cafe.js, which shows it: without a script it could do nothing.
function itemPage({ id, name, price, category, stock }: Item): Markup {
  return markup`<div class="narrow">
<article class="card item" data-category="${category}">
<p>${titleOf(category)}</p>
<h1>${name}</h1>
<p class="price">${priceTag(price)}</p>
<p id="stock" role="status">${stock === 0 ? 'Sold out' : markup`${stock} left`}</p>
<button type="button" hidden data-stock-of="${id}">Check stock</button>
</article>
<p><a href="/menu">Back to menu</a></p>
</div>`;
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

export const pageNav: Link[] = [
  { name: 'Café', address: '/' },
  { name: 'Menu', address: '/menu' },
];

async function showWelcome(settings: Collection<Settings>, show: Show, call: Call): Promise<Reply> {
  const { opens, closes, message } = await present(settings);
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

export function menuPage(items: readonly Item[], search: string): Markup {
  return markup`<h1>Menu</h1>
<form class="search" role="search" action="/menu">
<label for="search">Search the menu</label>
<input id="search" type="search" name="search" value="${search}" autocomplete="off">
<button>Search</button>
</form>
${search === '' ? items.length === 0 && EMPTY : showFound(items.length, search)}
<div class="menu">${search === '' ? wholeMenu(items) : showCategories(items)}</div>`;
}

const EMPTY = markup`<p class="card">The menu is empty right now. Please come back soon.</p>`;

// For speed: most guests look at the whole menu, and it changes once in a while.
const wholeMenu = memoize(showCategories);

function showCategories(items: readonly Item[]): Markup {
  return markup`${byCategory(items).map(showCategory)}`;
}

function showFound(count: number, search: string): Markup {
  const sentence = found(count, search);
  return markup`<p role="status">${sentence} <a href="/menu">Show the whole menu</a></p>`;
}

function found(count: number, search: string): string {
  if (count === 0) return `Nothing on the menu is called “${search}”.`;
  return `${count === 1 ? 'One thing' : `${count} things`} for “${search}”.`;
}

export function byCategory(items: readonly Item[]): [category: string, items: Item[]][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(item.category);
    if (group) group.push(item);
    else groups.set(item.category, [item]);
  }
  return [...groups];
}

function showCategory([category, items]: [category: string, items: Item[]]): Markup {
  return markup`<section class="card" data-category="${category}">
<h2>${titleOf(category)}</h2>
<ul class="items">${items.map(showLine)}</ul>
</section>
`;
}

function showLine({ id, name, price, category, stock }: Item): Markup {
  return markup`<li data-category="${category}"><a href="/menu/${id}">${name}</a> \
${stock === 0 && SOLD_OUT}<span class="price">${priceTag(price)}</span></li>
`;
}

const SOLD_OUT = markup`<span class="sold-out">sold out</span> `;

/** The categories of lesson 08's rule, each with its title. */
export const TITLES = new Map([
  ['coffee', 'Coffee'],
  ['tea', 'Tea'],
  ['warm', 'Warm drinks'],
  ['cold', 'Cold drinks'],
  ['bakery', 'From the oven'],
  ['kitchen', 'From the kitchen'],
]);

export function titleOf(category: string): string {
  return TITLES.get(category) ?? category;
}

export async function findItem(menu: Collection<Item>, call: Call): Promise<Item> {
  const item = await menu.get(idOf(call));
  if (item) return item;
  throw new Refusal(404, `There is no item ${call.params.id}. The menu is at "/menu".`);
}
