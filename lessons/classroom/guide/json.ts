// JSON: what was it asked to read or to write?
//
//   JSON.stringify(readMenu())  ──►  '{}', and 'await-forgotten': readMenu() gives a promise

import { notePassword } from './passwords.ts';
import { here, isCalledByUs, placeOf } from './place.ts';
import { tell } from './tell.ts';
import { currentVisit } from './visit.ts';
import { wrap } from './wrap.ts';

/** What JSON.parse() was given when it threw this. */
export const unreadable = new WeakMap<object, unknown>();

let parsed: unknown;

/** What JSON.parse() was given last of what it could read. */
export function lastParsed(): unknown {
  return parsed;
}

export function watchJson(): void {
  wrap(JSON, 'parse', (parse) => function (text, ...given) {
    try {
      const value = parse.call(JSON, text, ...given);
      parsed = text;
      const visit = currentVisit();
      if (visit) {
        visit.json.parsed = value;
        notePassword(visit, text, value);
      }
      return value;
    } catch (error) {
      if (typeof error === 'object' && error !== null) unreadable.set(error, text);
      throw error;
    }
  });
  wrap(JSON, 'stringify', (stringify) => function (value, ...given) {
    const text = stringify.call(JSON, value, ...given);
    if (text === undefined) noteUndefined();
    else if (typeof value === 'object' && value !== null) lookForPromise(value);
    return text;
  });
}

function noteUndefined(): void {
  const visit = currentVisit();
  if (visit) visit.json.undefinedAt = here();
}

// One level deep, and not through long lists: it runs for every answer.
const widest = 20;

function lookForPromise(value: object): void {
  if (Array.isArray(value)) {
    if (value[0] instanceof Promise) tellPromise(ofMany, waitForAll);
    return;
  }
  if (value instanceof Promise) return tellPromise(ofOne, writeAwait);
  let count = 0;
  for (const name in value) {
    if ((count += 1) > widest) return;
    const field = (value as Record<string, unknown>)[name];
    if (field instanceof Promise) return tellPromise(`In "${name}", ${ofOne}`, writeAwait);
  }
}

const ofOne = 'JSON.stringify() was given a promise, and wrote "{}".';
const ofMany = 'JSON.stringify() was given a list of promises, and wrote "{}" for each.';
const waitForAll = 'Wait for all of them: await Promise.all(list).';
const writeAwait = 'Write "await" before the call that gives the promise, ' +
  'and "async" before its function.';

function tellPromise(what: string, tip: string): void {
  const moment = here();
  if (!isCalledByUs(moment)) return;
  tell({
    code: 'await-forgotten',
    what,
    why: 'A promise is not the value but the word that it will come, ' +
      'and it has no fields of its own.',
    try: tip,
    lesson: 6,
  }, placeOf(moment), currentVisit());
}
