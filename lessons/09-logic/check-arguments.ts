// Lesson 09 · check-arguments: is what a collection is given of the right kind?
//
//   menu.get(2)    ──►  passes
//   menu.get('2')  ──►  TypeError: The id in "menu" must be a number, but it is "2". …
//   menu.get(NaN)  ──►  passes, and finds nothing: no record has that number
//
// Types are removed before a program runs, so they check nothing then. Without this file, the id
// "2" works by accident, and the id "length" destroys the collection. A TypeError is for a mistake
// in the program. When two guests want the same thing, that is a Conflict.

import { inspect } from 'node:util';
import type { PageOptions } from './storage.ts';

export function checkNumber(collection: string, what: 'id' | 'version', value: unknown): void {
  if (typeof value === 'number') return;
  throw new TypeError(
    `The ${what} in ${show(collection)} must be a number, but it is ${show(value)}. ` +
    `What comes from an address or a form is text: write Number(params.${what}).`,
  );
}

export function checkFields(collection: string, fields: unknown): void {
  if (isRecord(fields)) return;
  throw new TypeError(
    `A record in ${show(collection)} must be an object, such as { name: 'Flat white' }, ` +
    `but it is ${show(fields)}.`,
  );
}

/** For a field with an index: objects are never equal, so they cannot be looked up. */
export function checkValue(collection: string, field: string, value: unknown): void {
  if (value === null || LOOKED_UP.includes(typeof value)) return;
  throw new TypeError(
    `"${field}" in ${show(collection)} has an index, so its value must be ` +
    `a text, a number, true or false, but it is ${show(value)}.`,
  );
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

const LOOKED_UP = ['string', 'number', 'boolean', 'undefined'];

export function checkPageOptions(collection: string, wanted: PageOptions): void {
  if (!isRecord(wanted)) {
    throw new TypeError(
      `list() in ${show(collection)} takes an object, such as { after: 20, limit: 10 }, ` +
      `but it is ${show(wanted)}.`,
    );
  }
  checkPlace(collection, 'after', wanted.after);
  checkPlace(collection, 'before', wanted.before);
  checkPlace(collection, 'limit', wanted.limit);
}

function checkPlace(collection: string, what: string, value: unknown): void {
  if (value === undefined || (typeof value === 'number' && !Number.isNaN(value))) return;
  throw new TypeError(
    `"${what}" for list() in ${show(collection)} must be a number, but it is ${show(value)}. ` +
    `What comes from an address is text: write Number(query.get('${what}')).`,
  );
}

/** `count`: the next id or version. Above the highest safe number, two of them could be equal. */
export function checkCount(collection: string, what: 'id' | 'version', count: number): void {
  if (Number.isSafeInteger(count)) return;
  throw new RangeError(
    `The last ${what} in ${show(collection)} is ${Number.MAX_SAFE_INTEGER}, ` +
    'and no higher number is exact, so nothing is stored. ' +
    `If a file was edited by hand, correct the ${what} there.`,
  );
}

/** The arguments of storage.collection(). */
export function checkCollection(name: unknown, options: unknown): void {
  if (typeof name !== 'string') {
    throw new TypeError(`The name of a collection must be a text, but it is ${show(name)}.`);
  }
  if (options === undefined) return;
  if (!isRecord(options)) {
    throw new TypeError(
      `The options of ${show(name)} must be an object, such as { unique: ['name'] }, ` +
      `but they are ${show(options)}.`,
    );
  }
  for (const option of Object.keys(options)) checkOption(name, option, options);
}

function checkOption(name: string, option: string, options: Record<string, unknown>): void {
  if (!Object.hasOwn(OPTIONS, option)) {
    throw new TypeError(
      `${show(name)} has the option ${show(option)}, ` +
      `but only ${Object.keys(OPTIONS).join(', ')} are known.`,
    );
  }
  const { isEntry, example } = OPTIONS[option as keyof typeof OPTIONS];
  const value = options[option];
  if (value === undefined || (Array.isArray(value) && Array.from(value).every(isEntry))) return;
  throw new TypeError(
    `"${option}" of ${show(name)} must be a list, such as ${example}, but it is ${show(value)}.`,
  );
}

const isText = (entry: unknown) => typeof entry === 'string';

const OPTIONS = {
  unique: { isEntry: isText, example: "['name']" },
  indexes: { isEntry: isText, example: "['category']" },
  initial: { isEntry: isFirst, example: "[{ id: 1, version: 1, name: 'Espresso' }]" },
};

function isFirst(entry: unknown): boolean {
  return isRecord(entry) && isCount(entry.id) && isCount(entry.version);
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 1;
}

/** Not a list, a Map, a Date or a promise: a store would keep nothing of those. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return Object.prototype.toString.call(value) === '[object Object]';
}

/** A value for a sentence, whatever it is. */
export function show(value: unknown): string {
  if (value instanceof Promise) return 'a promise: write "await" before the call that gives it';
  if (value instanceof Error) return `an error: ${show(value.message)}`;
  if (typeof value === 'string') return JSON.stringify(shortened(value));
  return shortened(inspect(value, ONE_LINE).replace(/\s+/g, ' '));
}

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

const LONGEST = 60;
const ONE_LINE = { depth: 1, breakLength: Infinity, customInspect: false } as const;
