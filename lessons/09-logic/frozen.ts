// Lesson 09 · frozen: a record as a store keeps it.
//
//   freeze({ name: 'Flat white', since: new Date() })
//     ──►  { name: 'Flat white', since: '2026-03-01T09:00:00.000Z' }    as a file would hold it
//     ──►  record.name = 'Tea'  throws                                  and never changed
//
// Every reader of a store is handed the same object. Were it not frozen, one careless line in one
// handler would change the menu for all guests, and no store would have noticed.

import type { Stored } from './storage.ts';

// Kept is exactly what a file could hold, and nothing that the caller still holds in the hand: a
// copy by way of JSON. A new record of nothing but texts and numbers is such a copy already, and is
// spared the way: that is most records, and a good part of an insert.
export function freeze<Item extends Stored>(record: Item): Item {
  if (isFlat(record)) return Object.freeze(record);
  return deepFreeze(JSON.parse(JSON.stringify(record)) as Item);
}

function isFlat(record: Stored): boolean {
  return Object.values(record).every(isPlain) && Object.getOwnPropertySymbols(record).length === 0;
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'boolean' || value === null ||
    isJsonNumber(value);
}

// JSON has no NaN, no Infinity and no -0.
function isJsonNumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && !Object.is(value, -0);
}

/** Without the copy: for what has just been read from a file. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  for (const name in value) if (typeof value[name] === 'object') deepFreeze(value[name]);
  return Object.freeze(value);
}
