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

import type { Collection, CollectionOptions, Storage, Stored } from '../lessons/09-logic/storage.ts';
import { Draft } from './draft.ts';
import { stateOf, type LoadedTables } from './loaded.ts';
import { Generations } from './generations.ts';
import type { Report } from './journal-file.ts';
import { Journal } from './journal.ts';
import { openLocked, type Lock } from './lock.ts';
import { recover } from './recovery.ts';
import { collectionOf, commit, type Changes, type CollectionState } from './collection-state.ts';
import type { CollectionContent } from './snapshot.ts';

export type Database = Storage & {
  /** Resolves with what `change` returns, when all of its changes are on the disk. If it throws, nothing is changed. */
  transaction<Result>(change: (draft: Draft) => Result): Promise<Result>;
};

/** A new snapshot is taken after so many bytes of journal, and as many as the last one had. */
export type DatabaseOptions = { snapshotAfter?: number; report?: Report };

/** Rejects with an UnusableFile, and leaves everything as it is then. */
export function openDatabase(folder: string, { snapshotAfter = 1_000_000, report = console.error }: DatabaseOptions = {}): Promise<Database> {
  return openLocked(folder, async (lock) => {
    const recovered = await recover(folder, report);
    const { file, end, loaded } = recovered;
    const states = new Map<string, CollectionState<any>>();
    const journal = new Journal(file, end, () => states.forEach((state) => state.forget()));
    const generations = new Generations(folder, recovered, journal, () => contentNow(states, loaded), { snapshotAfter, report });
    return database({ folder, states, loaded, journal, generations, lock });
  });
}

type Parts = { folder: string; states: Map<string, CollectionState<any>>; loaded: LoadedTables; journal: Journal; generations: Generations; lock: Lock };

function database({ folder, states, loaded, journal, generations, lock }: Parts): Database {
  const commitAll = (changes: Changes) => commit(journal, changes, () => generations.maybeSnapshot());
  return {
    collection<Item extends Stored>(name: string, options?: CollectionOptions<Item>): Collection<Item> {
      return collectionOf(stateOf(folder, states, loaded, name, options), commitAll);
    },
    async transaction(change) {
      const draft = new Draft(states);
      const result = draft.run(change);
      await commitAll([...draft.changes]);
      return result;
    },
    async close() {
      await generations.close();
      await journal.close();
      await lock.release();
    },
  };
}

// Also what nobody has asked for: it was kept, and stays so.
function contentNow(states: Map<string, CollectionState<Stored>>, loaded: LoadedTables): CollectionContent[] {
  const saved = [...states.values()].filter((state) => state.seedState === 'saved').map(({ name, table }) => [name, table] as const);
  return [...saved, ...loaded].map(([name, table]) => ({ name, lastId: table.lastId, records: table.values() }));
}
