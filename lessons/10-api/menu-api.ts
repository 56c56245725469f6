// Lesson 10 · menu-api: the menu for programs.
//
//   POST /api/menu   {"name":"Iced tea", …}     ──►  201, location: /api/menu/23, etag: "1"
//   PUT  /api/menu/2 {…}   if-match: "1"        ──►  200, etag: "2"
//
// A resource is a thing with an address. The method says what to do with it, the status says how
// that went. GET changes nothing. PUT and DELETE can be repeated: two leave the same menu as one.
// Two POSTs add two items. An API could use POST for everything ("/api/getMenu"). But then no
// cache, browser or proxy would know which requests it can safely repeat.

import type { Item } from '../03-address/items.ts';
import { empty, json, type Reply } from '../02-reply/reply.ts';
import type { Call, Route } from '../04-router/router.ts';
import { Refusal } from '../06-errors/errors.ts';
import { readJson } from '../07-body/body.ts';
import { newItemRule } from '../08-validate/item.ts';
import { validate } from '../08-validate/validate.ts';
import type { Collection } from '../09-logic/storage.ts';
import { refuseConflict } from './conflict.ts';
import { matchesWeakly } from './etag-match.ts';
import { checkConditions, checkIfMatch, etagOf } from './etag.ts';
import { idOf } from './id.ts';
import { listItems } from './menu-list.ts';

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

async function showItem(menu: Collection<Item>, call: Call): Promise<Reply> {
  const item = await findItem(menu, call);
  const etag = etagOf(item);
  checkConditions(call, item);
  // RFC 9110, 13.1.2: a client that has this version does not need it again.
  const isKnown = matchesWeakly(call.request.headers['if-none-match'], etag);
  return isKnown ? empty(304, { etag }) : json(200, item, { etag });
}

// Gone is gone: a second DELETE finds what it wanted, and gets the same answer (RFC 9110, 9.2.2),
// even if it names the version that the first one removed (13.1.1).
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
