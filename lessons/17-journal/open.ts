// Lesson 17 · open: which store has the café's data, in one place.
//
//   openStorage('db/data/17')  ──►  db/data/17/journal-1.jsonl, the journal of this lesson
//
// The server calls it, and so does `npm run staff`. For another store, change the one line below.

import type { Storage } from '../09-logic/storage.ts';
import { journalStorage } from './journal-storage.ts';

export function openStorage(folder: string): Promise<Storage> {
  return journalStorage(folder);
}
