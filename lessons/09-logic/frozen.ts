// Lesson 09 · frozen: a record as a store keeps it.
//
//   recordOf('menu', { name: 'Flat white', since: new Date() }, { id: 2, version: 1 })
//     ──►  { id: 2, name: 'Flat white', since: '2026-03-01T09:00:00.000Z', version: 1 }
//          as a file would hold it
//     ──►  record.name = 'Tea'  throws: it is never changed
//
// Every reader of a store is handed the same object. Were it not frozen, one careless line in one
// handler would change the menu for all guests, and no store would have noticed.

import { checkFields, isRecord, show } from './check-arguments.ts';
import type { FieldsOf, Stored } from './storage.ts';

/** Throws a TypeError for what cannot be kept. */
export function recordOf<Item extends Stored>(
  collection: string,
  fields: FieldsOf<Item>,
  { id, version }: Stored,
): Item {
  checkFields(collection, fields);
  try {
    const record = { id, ...ownFields(fields), version };
    record.id = id; // First to be read, and whatever the fields say, to be believed.
    return freeze(record as unknown as Item);
  } catch (error) {
    throw cannotKeep(collection, error);
  }
}

// Kept is exactly what a file could hold, and nothing that the caller still holds in the hand: a
// copy by way of JSON. A new record of nothing but texts and numbers is such a copy already, and is
// spared the way: that is most records, and a good part of an insert.
function freeze<Item extends Stored>(record: Item): Item {
  if (isFlat(record)) return Object.freeze(record);
  return deepFreeze(JSON.parse(JSON.stringify(record)) as Item, DEEPEST);
}

function isFlat(record: Stored): boolean {
  return Object.values(record).every(isPlain) && Object.getOwnPropertySymbols(record).length === 0;
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'boolean' || value === null ||
    isJsonNumber(value);
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

// JSON has no NaN, no Infinity and no -0.
function isJsonNumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && !Object.is(value, -0);
}

// What calls itself for each level runs out of stack, at the latest when a start reads it again.
const DEEPEST = 1_000;

/** Without the copy: for what has just been read from a file. */
export function deepFreeze<Value>(value: Value, levels = Infinity): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) throw new RangeError(TOO_DEEP);
  for (const name in value) {
    if (typeof value[name] === 'object') deepFreeze(value[name], levels - 1);
  }
  return Object.freeze(value);
}

const TOO_DEEP = `it is nested more than ${DEEPEST.toLocaleString('en')} levels deep`;

// An object with its own toJSON() would answer for the whole record, and leave out the id.
function ownFields(fields: object): object {
  if (!('toJSON' in fields) || typeof fields.toJSON !== 'function') return fields;
  const own: unknown = JSON.parse(JSON.stringify(fields) ?? 'null');
  if (!isRecord(own)) throw new TypeError(`its toJSON() gives ${show(own)}, which is no object`);
  return own;
}

/** What a file could hold of the fields. Throws a TypeError for what cannot be kept. */
export function copyOf<Fields extends object>(collection: string, fields: Fields): Fields {
  checkFields(collection, fields);
  try {
    return JSON.parse(JSON.stringify(ownFields(fields)));
  } catch (error) {
    throw cannotKeep(collection, error);
  }
}

function cannotKeep(collection: string, error: unknown): TypeError {
  const isTooDeep = error instanceof RangeError && error.message.includes('call stack');
  const [reason = ''] = error instanceof Error ? error.message.split('\n') : [show(error)];
  return new TypeError(
    `${show(collection)} cannot keep this record: ` +
    `${isTooDeep ? TOO_DEEP : reason.replace(/\.$/, '')}.`,
    { cause: error },
  );
}
