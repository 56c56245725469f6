// Taught in lesson 17
// loaded: what the files held, until somebody asks for it by its name.
//
//   {"in":"menu","record":{"id":23,…}}  ──►  loaded: menu → 1 … 22, 23
//   collection('menu', { unique: ['name'] })  ──►  a collection with those records
//
// A file knows names and records, but not what must be unique or can be looked up: that says the
// program, when it asks for the collection. What nobody asks for stays here, and in the files.

import type { CollectionOptions, Stored } from '../lessons/09-logic/storage.ts';
import { deepFreeze, Table, valueOf } from '../lessons/09-logic/table.ts';
import { UnusableFile } from '../lessons/11-json-file/format.ts';
import { CollectionState } from './collection-state.ts';
import type { Entry } from './journal-reader.ts';

export type LoadedTables = Map<string, Table<Stored>>;

export function applyEntry(loaded: LoadedTables, entry: Entry): void {
  const table = loaded.get(entry.in) ?? new Table<Stored>(entry.in);
  loaded.set(entry.in, table);
  table.apply('removed' in entry ? { id: entry.removed } : { id: entry.record.id, after: deepFreeze(entry.record) });
}

/** The collection with this name, with what was loaded of it. Throws an UnusableFile when two records that must differ are the same. */
export function stateOf<Item extends Stored>(folder: string, states: Map<string, CollectionState<any>>, loaded: LoadedTables, name: string, options: CollectionOptions<Item> = {}): CollectionState<Item> {
  const known = states.get(name);
  if (known) return known;
  const state = newState<Item>(name, options, loaded.get(name));
  for (const field of options.unique ?? []) checkUnique(folder, state, field);
  loaded.delete(name);
  states.set(name, state);
  return state;
}

function newState<Item extends Stored>(name: string, options: CollectionOptions<Item>, kept: Table<Stored> | undefined): CollectionState<Item> {
  if (!kept) return new CollectionState<Item>(name, options);
  const state = new CollectionState<Item>(name, { ...options, first: [] });
  state.table.takeOver(kept as Table<Item>);
  state.seedState = 'saved';
  return state;
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

// A program may ask for more than the one that has written the records did.
function checkUnique<Item extends Stored>(folder: string, { name, table }: CollectionState<Item>, field: string): void {
  const [first, second] = table.findDoubles(field);
  if (second) throw new UnusableFile(`${folder} cannot be used: in ${JSON.stringify(name)}, ${first!.id} and ${second.id} have the same ${field}, ${JSON.stringify(valueOf(first!, field))}. It is left as it is.`);
}
