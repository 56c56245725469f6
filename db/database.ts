// Taught in lesson 18
// database: all collections of a folder, and changes that happen together or not at all.
//
//   await db.transaction((draft) => {
//     const item = draft.in<Item>('menu').get(2);                          stock 120, or what is on its way
//     draft.in<Item>('menu').update(2, item.version, { …, stock: 119 });
//     draft.in<Order>('orders').insert({ item: 2, guest: 'ada' });         order 42
//   })  ──►  one line in the journal: both changes, or none
//
// The change is a plain function that waits for nothing. So nobody comes in between, and no record
// needs to be locked. It must not ask other services in the middle: that is done before, or after.

import { dirname } from 'node:path';
import type { Collection, CollectionOptions, Storage, Stored } from '../lessons/09-logic/storage.ts';
import { valueOf } from '../lessons/09-logic/table.ts';
import { UnusableFile } from '../lessons/11-json-file/format.ts';
import { flushFolder, makeFolder } from '../lessons/11-json-file/swap.ts';
import { Draft } from './draft.ts';
import { Generations } from './generations.ts';
import { Journal } from './journal.ts';
import { lockFolder } from './lock.ts';
import { recover, type Found, type Report } from './recovery.ts';
import { collectionOf, Shelf, type Commit } from './shelf.ts';

export type Database = Storage & {
  /** Resolves with what `change` returns, when all of its changes are on the disk. If it throws, nothing is changed. */
  transaction<Result>(change: (draft: Draft) => Result): Promise<Result>;
};

/** A new snapshot is taken after so many bytes of journal, and as many as the last one had. */
export type DatabaseOptions = { snapshotAfter?: number; report?: Report };

/** Rejects with an UnusableFile, and leaves everything as it is then. */
export async function openDatabase(folder: string, { snapshotAfter = 1_000_000, report = console.error }: DatabaseOptions = {}): Promise<Database> {
  await makeFolder(folder).catch((error) => { throw unusable(folder, error); });
  const lock = await lockFolder(folder);
  try {
    await flushFolder(dirname(folder)); // Another program may have made it, and been killed before its name was kept.
    await flushFolder(folder);
    const recovered = await recover(folder, report);
    const shelves = new Map<string, Shelf<any>>();
    const journal = new Journal(recovered.file, recovered.end, () => shelves.forEach((shelf) => shelf.forget()));
    const keptNow = () => [...shelves.values()].flatMap((shelf) => keptOn(shelf) ?? []).concat([...recovered.found].map(keptFrom));
    const generations = new Generations(folder, recovered, journal, keptNow, { snapshotAfter, report });
    return database({ folder, shelves, found: recovered.found, journal, generations, release: lock.release });
  } catch (error) {
    await lock.release();
    throw unusable(folder, error);
  }
}

type Parts = { folder: string; shelves: Map<string, Shelf<any>>; found: Map<string, Found>; journal: Journal; generations: Generations; release(): Promise<void> };

function database({ folder, shelves, found, journal, generations, release }: Parts): Database {
  const commit: Commit = async (changes) => {
    const entries = [...changes].flatMap(([shelf, own]) => shelf.write(own));
    await journal.append(entries.length > 0 ? `[${entries.join(',')}]` : '', () => {
      for (const [shelf, own] of changes) shelf.apply(own);
      generations.consider();
    });
  };
  return {
    collection<Item extends Stored>(name: string, options: CollectionOptions<Item> = {}): Collection<Item> {
      if (!shelves.has(name)) shelves.set(name, newShelf(folder, name, options, found.get(name)));
      found.delete(name);
      return collectionOf<Item>(shelves.get(name)!, commit);
    },
    async transaction(change) {
      const draft = new Draft(shelves);
      const result = draft.run(change);
      await commit(draft.changes);
      return result;
    },
    async close() {
      await generations.close();
      await journal.close();
      await release();
    },
  };
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

function newShelf<Item extends Stored>(folder: string, name: string, options: CollectionOptions<Item>, found: Found | undefined): Shelf<Item> {
  const shelf = new Shelf<Item>(name, found ? { ...options, first: [] } : options);
  if (!found) return shelf;
  for (const record of found.records.values()) shelf.table.apply({ id: record.id, after: record as Item });
  shelf.table.lastId = found.lastId;
  shelf.begun = 'yes';
  for (const field of options.unique ?? []) checkUnique(folder, shelf, field);
  return shelf;
}

function unusable(folder: string, error: unknown): unknown {
  const isFromTheSystem = error instanceof Error && 'syscall' in error;
  return isFromTheSystem ? new UnusableFile(`${folder} cannot be used: ${error.message}. It is left as it is.`) : error;
}

// A program may ask for more than the one that has written the records did.
function checkUnique<Item extends Stored>(folder: string, { name, table }: Shelf<Item>, field: string): void {
  for (const record of table.values()) {
    const value = valueOf(record, field) ?? undefined;
    const [first, second] = value === undefined ? [] : table.find(field, value);
    if (second) throw new UnusableFile(`${folder} cannot be used: in ${JSON.stringify(name)}, ${first!.id} and ${second.id} have the same ${field}, ${JSON.stringify(value)}. It is left as it is.`);
  }
}

const keptOn = ({ name, table, begun }: Shelf<Stored>) => (begun === 'yes' ? { name, lastId: table.lastId, records: [...table.values()] } : undefined);
const keptFrom = ([name, { lastId, records }]: [string, Found]) => ({ name, lastId, records: [...records.values()] });
