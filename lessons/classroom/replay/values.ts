// Values: which variables are new or different since they were last seen?
//
//   line 38  { path: '/menu/2' }                       ──►  path '/menu/2'
//   line 39  { path: '/menu/2', parts: ['menu','2'] }  ──►  parts ['menu', '2']
//
// A list that has grown is the same variable with another text, so texts are compared. A variable
// belongs to the call whose function declares it: what an inner function changes is not new when
// the outer one goes on. Those of a module, and fields of "this", belong to all calls; they are
// shown once they change.

import type { Call, Calls } from './calls.ts';
import { describe } from './describe.ts';
import { fnKey, type Script } from './scripts.ts';
import type { Name } from './scopes.ts';
import type { Secrets } from './secrets.ts';

type Seen = Call['values'];

/** At a place, in a call: what can be seen there. */
export type Look = { script: Script; fn: number; names: Name[]; call: Call; calls: Calls };

type Shown = [name: string, text: string];

export type Values = { changed(look: Look, values: Record<string, unknown>): Shown[] };

export function keepValues(secrets: Secrets): Values {
  const modules = new Map<Script, Seen>();
  const objects = new WeakMap<object, Seen>();

  function changed(look: Look, values: Record<string, unknown>): Shown[] {
    return look.names.flatMap((name): Shown[] => {
      if (!(name.text in values)) return [];
      const value = values[name.text];
      if (typeof value === 'function') return [];
      const text = textOf(name, value, seenBy(look, name, values.this));
      return text === undefined ? [] : [[name.shown ?? name.text, text]];
    });
  }

  // Undefined when there is nothing new to show.
  function textOf(name: Name, value: unknown, seen: Seen): string | undefined {
    const before = seen.get(name.text);
    if (before && !isObject(value) && Object.is(before.value, value)) return undefined;
    const text = describe(value, name.text.replace('this.#', ''), secrets);
    seen.set(name.text, { value, text });
    if (before === undefined) return isNew(name, value) ? text : undefined;
    return before.text === text ? undefined : text;
  }

  function seenBy({ script, fn, call, calls }: Look, { text, owner }: Name, self: unknown): Seen {
    if (owner === undefined) return isObject(self) ? inMap(objects, self) : call.values;
    if (owner === -1) return inMap(modules, script);
    if (owner === fn) return call.values;
    const outer = calls.latest(fnKey(script, owner));
    return outer?.values.has(text) ? outer.values : call.values;
  }

  return { changed };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

// Seen for the first time: what is shared was there before, and a variable may have no value yet.
function isNew({ owner, isParameter }: Name, value: unknown): boolean {
  const isShared = owner === undefined || owner === -1;
  return !isShared && (value !== undefined || isParameter === true);
}

type SeenMap<Key> = { get(key: Key): Seen | undefined; set(key: Key, seen: Seen): unknown };

function inMap<Key>(map: SeenMap<Key>, key: Key): Seen {
  const seen = map.get(key) ?? new Map();
  map.set(key, seen);
  return seen;
}
