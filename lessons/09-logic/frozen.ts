// Lesson 09 · frozen: a record as a store keeps it.
//
//   recordOf('menu', { name: 'Flat white', since: new Date() }, { id: 2, version: 1 })
//     ──►  { id: 2, name: 'Flat white', since: '2026-03-01T09:00:00.000Z', version: 1 }
//          as a file would hold it
//     ──►  record.name = 'Tea'  throws: it is never changed
//
// Every reader of a store gets the same object. If it were not frozen, one careless line in one
// handler could change the menu for all guests, and the store would not notice.

import { checkFields, isRecord, show } from './check-arguments.ts';
import type { FieldsOf, Stored } from './storage.ts';

/** Throws a TypeError for a record that no file can hold. */
export function recordOf<Item extends Stored>(
  collection: string,
  fields: FieldsOf<Item>,
  { id, version }: Stored,
): Item {
  checkFields(collection, fields);
  try {
    const record = { id, ...ownFields(fields), version };
    record.id = id; // First in the file, and it wins over an `id` in `fields`.
    return freeze(record as unknown as Item);
  } catch (error) {
    throw cannotKeep(collection, error);
  }
}

// We keep only what JSON can hold, and never the caller's own object: so we copy through JSON. Most
// records hold only texts and numbers. They need no second copy, which saves much of an insert.
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

// A function that calls itself for each level would run out of stack, here or at the next start.
const DEEPEST = 1_000;

/** Without a copy: for values just read from a file. */
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

/** The fields as a file could hold them. Throws a TypeError for fields that no file can hold. */
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
