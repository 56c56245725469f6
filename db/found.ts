// Taught in lesson 17
// found: what the files held, until somebody asks for it by its name.
//
//   {"in":"menu","record":{"id":23,…}}  ──►  found: menu → 1 … 22, 23
//   collection('menu', { unique: ['name'] })  ──►  a shelf with those records
//
// A file knows names and records, but not what must be unique or can be looked up: that says the
// program, when it asks for the collection. What nobody asks for stays here, and in the files.

import type { CollectionOptions, Stored } from '../lessons/09-logic/storage.ts';
import { valueOf } from '../lessons/09-logic/field-index.ts';
import { deepFreeze } from '../lessons/09-logic/frozen.ts';
import { Table } from '../lessons/09-logic/table.ts';
import { UnusableFile } from '../lessons/11-json-file/unusable-file.ts';
import { Shelf } from './shelf.ts';
import type { Entry } from './tail.ts';

export type Found = Map<string, Table<Stored>>;

export function enter(found: Found, entry: Entry): void {
  const table = found.get(entry.in) ?? new Table<Stored>(entry.in);
  found.set(entry.in, table);
  table.apply('removed' in entry ? { id: entry.removed } : { id: entry.record.id, after: deepFreeze(entry.record) });
}

/** The shelf with this name, with what was found of it. Throws an UnusableFile when two records that must differ are the same. */
export function shelfIn<Item extends Stored>(folder: string, shelves: Map<string, Shelf<any>>, found: Found, name: string, options: CollectionOptions<Item> = {}): Shelf<Item> {
  const known = shelves.get(name);
  if (known) return known;
  const shelf = newShelf<Item>(name, options, found.get(name));
  for (const field of options.unique ?? []) checkUnique(folder, shelf, field);
  found.delete(name);
  shelves.set(name, shelf);
  return shelf;
}

function newShelf<Item extends Stored>(name: string, options: CollectionOptions<Item>, kept: Table<Stored> | undefined): Shelf<Item> {
  if (!kept) return new Shelf<Item>(name, options);
  const shelf = new Shelf<Item>(name, { ...options, first: [] });
  shelf.table.takeOver(kept as Table<Item>);
  shelf.begun = 'yes';
  return shelf;
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

// A program may ask for more than the one that has written the records did.
function checkUnique<Item extends Stored>(folder: string, { name, table }: Shelf<Item>, field: string): void {
  const [first, second] = table.findDoubles(field);
  if (second) throw new UnusableFile(`${folder} cannot be used: in ${JSON.stringify(name)}, ${first!.id} and ${second.id} have the same ${field}, ${JSON.stringify(valueOf(first!, field))}. It is left as it is.`);
}
