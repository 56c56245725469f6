// Taught in lesson 17
// collections: all collections of a folder, those that the program uses and those that it does not.
//
//   {"in":"menu","record":{"id":23,…}}  ──►  loaded: menu → 1 … 22, 23
//   open('menu', { unique: ['name'] })  ──►  in use: a collection with those records
//
// The files do not say which field is unique or has an index. The program says it when it opens the
// collection. A collection that it never opens stays as it was loaded, and stays in the files.

import type { CollectionOptions, Stored } from '../lessons/09-logic/storage.ts';
import { checkCollection } from '../lessons/09-logic/check-arguments.ts';
import { valueOf } from '../lessons/09-logic/field-index.ts';
import type { Table } from '../lessons/09-logic/table.ts';
import { UnusableFile } from '../lessons/11-json-file/unusable-file.ts';
import { CollectionState } from './collection-state.ts';
import type { LoadedTables } from './loaded.ts';

export class Collections {
  readonly #folder: string;
  readonly #loaded: LoadedTables;
  readonly #inUse = new Map<string, CollectionState<any>>();

  constructor(folder: string, loaded: LoadedTables) {
    this.#folder = folder;
    this.#loaded = loaded;
  }

  /** Throws an UnusableFile when two records have the same value in a unique field. */
  open<Item extends Stored>(
    name: string,
    options: CollectionOptions<Item> = {},
  ): CollectionState<Item> {
    const known = this.#inUse.get(name);
    if (known) return known;
    checkCollection(name, options);
    const state = newState(name, options, this.#loaded.get(name));
    for (const field of options.unique ?? []) this.#checkUnique(state, field);
    this.#loaded.delete(name);
    this.#inUse.set(name, state);
    return state;
  }

  get(name: string): CollectionState<any> | undefined {
    return this.#inUse.get(name);
  }

  // ── rare cases ──────────────────────────────────────────────────────────────────────────────

  /** The changes on their way could not be written. */
  forget(): void {
    for (const state of this.#inUse.values()) state.forget();
  }

  /** All records on the disk, with those of collections that this program never opened. */
  content(): CollectionContent[] {
    const saved = [...this.#inUse.values()].filter(({ seedState }) => seedState === 'saved');
    return [
      ...saved.map(({ name, table }) => contentOf(name, table)),
      ...[...this.#loaded].map(([name, table]) => contentOf(name, table)),
    ];
  }

  // The records may come from an older program, in which this field was not unique.
  #checkUnique<Item extends Stored>({ name, table }: CollectionState<Item>, field: string): void {
    const [first, second] = table.findDuplicates(field);
    if (!first || !second) return;
    const value = JSON.stringify(valueOf(first, field));
    throw new UnusableFile(
      `${this.#folder} cannot be used: in ${JSON.stringify(name)}, ` +
      `${first.id} and ${second.id} have the same ${field}, ${value}. It is left as it is.`,
    );
  }
}

export type CollectionContent = { name: string; lastId: number; records: Stored[] };

function contentOf(name: string, table: Table<Stored>): CollectionContent {
  return { name, lastId: table.lastId, records: table.values() };
}

function newState<Item extends Stored>(
  name: string,
  options: CollectionOptions<Item>,
  loaded: Table<Stored> | undefined,
): CollectionState<Item> {
  if (!loaded) return new CollectionState<Item>(name, options);
  const state = new CollectionState<Item>(name, { ...options, initial: [] });
  state.table.takeOver(loaded as Table<Item>);
  state.seedState = 'saved';
  return state;
}
