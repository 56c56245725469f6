// Lesson 17 · open: which store keeps the café's data, said in one place.
//
//   openStorage('db/data/17')  ──►  db/data/17/journal-1.jsonl, the journal of this lesson
//
// The server opens it, and so does `npm run staff`. Another store is another line here.

import type { Storage } from '../09-logic/storage.ts';
import { journalStorage } from './journal-storage.ts';

export function openStorage(folder: string): Promise<Storage> {
  return journalStorage(folder);
}
