// Taught in lesson 18
// database: all collections of a folder, and changes that happen together or not at all.
//
//   await db.transaction((draft) => {
//     const item = draft.in<Item>('menu').get(2);                    stock 120, maybe on its way
//     draft.in<Item>('menu').update(2, item.version, { …, stock: 119 });
//     draft.in<Order>('orders').insert({ item: 2, guest: 'ada' });   order 42
//   })  ──►  one line in the journal: both changes, or none
//
// The change is a plain function that waits for nothing. So no other change comes in between, and
// no record needs to be locked. If it needs another service, ask that one before or after.

import type { Storage } from '../lessons/09-logic/storage.ts';
import { Collections } from './collections.ts';
import { collectionOf, commit, type Changes } from './commit.ts';
import { Draft } from './draft.ts';
import { Generations } from './generations.ts';
import type { Log } from './journal-file.ts';
import { Journal } from './journal.ts';
import { openLocked } from './open-locked.ts';
import { recover } from './recovery.ts';
import { Snapshotter } from './snapshotter.ts';

/** Rejects with an UnusableFile, and then leaves every file as it is. */
export function openDatabase(folder: string, options: DatabaseOptions = {}): Promise<Database> {
  const { snapshotAfter = 1_000_000, report = console.error } = options;
  return openLocked(folder, async (lock) => {
    const { loaded, writer, newest } = await recover(folder, report);
    const collections = new Collections(folder, loaded);
    const journal = new Journal(writer, () => collections.forget());
    const generations = new Generations(folder, newest, journal, report);
    const snapshotter = new Snapshotter(collections, journal, generations, snapshotAfter);
    const afterwards = () => snapshotter.maybeSnapshot();
    const commitAll = (changes: Changes) => commit(journal, changes, afterwards);
    return {
      collection: (name, options) =>
        collectionOf(collections.open(name, options), journal, commitAll),
      async transaction(change) {
        journal.state.checkOpen();
        const draft = new Draft(collections);
        const result = draft.run(change);
        await commitAll([...draft.changes]);
        return result;
      },
      async close() {
        await snapshotter.close();
        await journal.close();
        await lock.release();
      },
    };
  });
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

export type Database = Storage & {
  /**
   * Resolves with what `change` returns, when all of its changes are on the disk.
   * If `change` throws, nothing is changed.
   */
  transaction<Result>(change: (draft: Draft) => Result): Promise<Result>;
};

/** `snapshotAfter`: the next snapshot is taken when the journal has at least this many bytes. */
export type DatabaseOptions = { snapshotAfter?: number; report?: Log };
