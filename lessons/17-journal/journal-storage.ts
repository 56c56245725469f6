// Lesson 17 · journal-storage: a store that writes down the change, and not everything.
//
//   insert({ name: 'Iced tea', … })
//     ──►  journal-1.jsonl   one line more: {"sum":…,"seq":1,…,"changes":[{"in":"menu",…}]}
//     ──►  flushed, then seen, then answered
//   start
//     ──►  journal-1.jsonl   all lines from the first on, and everything is as it was
//
// Scaffolding: with each change the journal grows, and with it the time that a start takes. Lesson
// 18 puts a snapshot beside it, and its database takes the place of this store.

import { join } from 'node:path';
import { enter, shelfIn, type Found } from '../../db/found.ts';
import { makeJournal, openAtEnd, readJournalFile, type Report } from '../../db/journal-file.ts';
import { Journal } from '../../db/journal.ts';
import { openLocked } from '../../db/lock.ts';
import { collectionOf, commit, type Changes, type Shelf } from '../../db/shelf.ts';
import type { CollectionOptions, Storage, Stored } from '../09-logic/storage.ts';
import { stampOf } from '../11-json-file/swap.ts';

/** Rejects with an UnusableFile, and leaves everything as it is then. */
export function journalStorage(folder: string, report: Report = console.error): Promise<Storage> {
  return openLocked(folder, async (lock) => {
    const found: Found = new Map();
    const shelves = new Map<string, Shelf<any>>();
    const { file, end } = await openJournalIn(folder, found, report);
    const journal = new Journal(file, end, () => shelves.forEach((shelf) => shelf.forget()));
    return {
      collection<Item extends Stored>(name: string, options?: CollectionOptions<Item>) {
        const shelf = shelfIn(folder, shelves, found, name, options);
        return collectionOf(shelf, (changes: Changes) => commit(journal, changes));
      },
      async close() {
        await journal.close();
        await lock.release();
      },
    };
  });
}

async function openJournalIn(folder: string, found: Found, report: Report) {
  const path = join(folder, 'journal-1.jsonl');
  if (await stampOf(path) === '') await makeJournal(path, 1, 0);
  const place = { journal: 1, after: 0, isLast: true };
  const read = await readJournalFile(path, place, (entry) => enter(found, entry), report);
  return openAtEnd(path, read);
}
