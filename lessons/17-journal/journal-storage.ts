// Lesson 17 · journal-storage: a store that writes each change, and not all the records.
//
//   insert({ name: 'Iced tea', … })
//     ──►  journal-1.jsonl   one line more: {"sum":…,"seq":1,…,"changes":[{"in":"menu",…}]}
//     ──►  flushed, then visible to readers, then answered
//   start
//     ──►  journal-1.jsonl   all its lines are read, and every record is as it was
//
// Scaffolding: the journal grows with each change, and a start takes longer and longer. Lesson 18
// adds snapshots, and its database replaces this store.

import { join } from 'node:path';
import { Collections } from '../../db/collections.ts';
import { collectionOf, commit, type Changes } from '../../db/commit.ts';
import { makeJournal, openAtEnd, readJournalFile, type Log } from '../../db/journal-file.ts';
import { Journal } from '../../db/journal.ts';
import type { LoadedTables } from '../../db/loaded.ts';
import { openLocked } from '../../db/open-locked.ts';
import type { Storage } from '../09-logic/storage.ts';
import { stampOf } from '../11-json-file/swap.ts';

/** Rejects with an UnusableFile, and then leaves every file as it is. */
export function journalStorage(folder: string, report: Log = console.error): Promise<Storage> {
  return openLocked(folder, async (lock) => {
    const loaded: LoadedTables = new Map();
    const writer = await openJournalIn(folder, loaded, report);
    const collections = new Collections(folder, loaded);
    const journal = new Journal(writer, () => collections.forget());
    const commitAll = (changes: Changes) => commit(journal, changes);
    return {
      collection: (name, options) =>
        collectionOf(collections.open(name, options), journal, commitAll),
      async close() {
        await journal.close();
        await lock.release();
      },
    };
  });
}

async function openJournalIn(folder: string, loaded: LoadedTables, report: Log) {
  const path = join(folder, 'journal-1.jsonl');
  if (await stampOf(path) === '') await makeJournal(path, 1, 0);
  const expected = { journal: 1, after: 0, isLast: true };
  return openAtEnd(path, await readJournalFile(path, expected, loaded, report));
}
