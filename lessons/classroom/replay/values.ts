// Values: which variables are new or different since they were last seen?
//
//   line 38  { path: '/menu/2' }                      ──►  path '/menu/2'
//   line 39  { path: '/menu/2', parts: ['menu','2'] } ──►  parts ['menu', '2']
//
// A list that has grown is the same variable with another text, so texts are compared. A variable
// belongs to the call whose function declares it: what an inner function changes is not new when
// the outer one goes on. Those of a module, and fields of "this", belong to all calls; they are
// shown once they change.

import type { Call } from './calls.ts';
import { describe } from './describe.ts';
import { fnKey, type Script } from './scripts.ts';
import type { Name } from './scopes.ts';
import type { Secrets } from './secrets.ts';

type Seen = Call['values'];

export type Look = { script: Script; fn: number; names: Name[]; call: Call; latest: (fn: string) => Call | undefined };

export type Values = { changed(look: Look, values: Record<string, unknown>): [name: string, text: string][] };

export function keepValues(secrets: Secrets): Values {
  const modules = new Map<Script, Seen>();
  const objects = new WeakMap<object, Seen>();

  function changed(look: Look, values: Record<string, unknown>): [string, string][] {
    return look.names.flatMap((name): [string, string][] => {
      if (!(name.text in values)) return [];
      const value = values[name.text];
      if (typeof value === 'function') return [];
      const text = textOf(name, value, seenBy(look, name, values.this));
      return text === undefined ? [] : [[name.shown ?? name.text, text]];
    });
  }

  // Undefined when there is nothing new to show.
  function textOf({ text: name, owner, isParameter }: Name, value: unknown, seen: Seen): string | undefined {
    const before = seen.get(name);
    if (before && Object.is(before.value, value) && (typeof value !== 'object' || value === null)) return undefined;
    const text = describe(value, name.replace('this.#', ''), secrets);
    seen.set(name, { value, text });
    const isShared = owner === undefined || owner === -1;
    if (before === undefined) return isShared || (value === undefined && !isParameter) ? undefined : text;
    return before.text === text ? undefined : text;
  }

  function seenBy({ script, fn, call, latest }: Look, { text, owner }: Name, self: unknown): Seen {
    if (owner === undefined) return typeof self === 'object' && self !== null ? inMap(objects, self) : call.values;
    if (owner === -1) return inMap(modules, script);
    if (owner === fn) return call.values;
    const outer = latest(fnKey(script, owner));
    return outer?.values.has(text) ? outer.values : call.values;
  }

  return { changed };
}

function inMap<Key>(map: { get(key: Key): Seen | undefined; set(key: Key, seen: Seen): unknown }, key: Key): Seen {
  const seen = map.get(key) ?? new Map();
  map.set(key, seen);
  return seen;
}
