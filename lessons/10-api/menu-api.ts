// Lesson 10 · menu-api: the menu for programs.
//
//   POST /api/menu   {"name":"Iced tea", …}     ──►  201, location: /api/menu/23, etag: "1"
//   PUT  /api/menu/2 {…}   if-match: "1"        ──►  200, etag: "2"     or 412: somebody was faster
//
// A resource is a thing with an address. The method says what to do with it, the status how it
// went. GET changes nothing. PUT and DELETE may be repeated: two of the same leave what one of them
// left. POST may not: two of them are two items. An API that calls everything by POST
// ("/api/getMenu") works as well, but then no cache, no browser and no proxy knows what is safe to
// do twice.

import type { Item } from '../03-address/items.ts';
import { empty, json, type Reply } from '../02-reply/reply.ts';
import type { Call, Route } from '../04-router/router.ts';
import { Refusal } from '../06-errors/errors.ts';
import { readJson } from '../07-body/body.ts';
import { newItemRule } from '../08-validate/item.ts';
import { fields, line, optional, validate } from '../08-validate/validate.ts';
import type { Collection } from '../09-logic/storage.ts';
import { refuseConflict } from './conflict.ts';
import { checkConditions, checkIfMatch, etagOf, matchesWeakly } from './etag.ts';
import { idOf } from './id.ts';
import { pageOf, pageRules } from './page-query.ts';

export function menuRoutes(menu: Collection<Item>): Route[] {
  return [
    { method: 'GET', pattern: '/api/menu', handler: (call) => listItems(menu, call) },
    { method: 'POST', pattern: '/api/menu', handler: (call) => addItem(menu, call) },
    { method: 'GET', pattern: '/api/menu/:id', handler: (call) => showItem(menu, call) },
    { method: 'PUT', pattern: '/api/menu/:id', handler: (call) => replaceItem(menu, call) },
    { method: 'DELETE', pattern: '/api/menu/:id', handler: (call) => removeItem(menu, call) },
  ];
}

async function addItem(menu: Collection<Item>, { request }: Call): Promise<Reply> {
  const fields = validate(newItemRule, await readJson(request));
  const item = await menu.insert(fields).catch(refuseConflict);
  return json(201, item, { location: `/api/menu/${item.id}`, etag: etagOf(item) });
}

async function replaceItem(menu: Collection<Item>, call: Call): Promise<Reply> {
  const fields = validate(newItemRule, await readJson(call.request));
  const { id, version } = checkIfMatch(call, await findItem(menu, call));
  const item = await menu.update(id, version, fields).catch(refuseConflict);
  return json(200, item, { etag: etagOf(item) });
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

const page = fields({ ...pageRules, category: optional(line(0, 60), '') });

async function listItems(menu: Collection<Item>, { address }: Call): Promise<Reply> {
  const { category, ...wanted } = validate(page, Object.fromEntries(address.query), 400);
  const { records, next } = category
    ? pageOf(await menu.find('category', category), wanted)
    : await menu.list(wanted);
  if (!next) return json(200, { items: records });
  const within = category && `category=${encodeURIComponent(category)}&`;
  const query = `${within}after=${next}&limit=${wanted.limit}`;
  return json(200, { items: records, next: `/api/menu?${query}` });
}

async function showItem(menu: Collection<Item>, call: Call): Promise<Reply> {
  const item = await findItem(menu, call);
  const etag = etagOf(item);
  checkConditions(call, item);
  // RFC 9110, 13.1.2: whoever has this version already need not get it again.
  const isKnown = matchesWeakly(call.request.headers['if-none-match'], etag);
  return isKnown ? empty(304, { etag }) : json(200, item, { etag });
}

// Gone is gone: a second DELETE finds what it wanted, and says the same (RFC 9110, 9.2.2), also if
// it names the version that it took away (13.1.1).
async function removeItem(menu: Collection<Item>, call: Call): Promise<Reply> {
  const item = await menu.get(idOf(call));
  if (!item) return empty(204);
  checkConditions(call, item);
  const isConditional = call.request.headers['if-match'] !== undefined;
  await menu.remove(item.id, isConditional ? item.version : undefined).catch(refuseConflict);
  return empty(204);
}

async function findItem(menu: Collection<Item>, call: Call): Promise<Item> {
  const item = await menu.get(idOf(call));
  if (!item) {
    throw new Refusal(404, `There is no item "${call.params.id}". The menu is at /api/menu.`);
  }
  return item;
}
