// Lesson 18 · open: which store keeps the café's data, said in one place.
//
//   openStorage('db/data/18')  ──►  db/data/18, with snapshots and journals: this lesson's database
//
// The server opens it, and so does `npm run staff`. Another store is another line here.

import { openDatabase, type Database } from '../../db/database.ts';

export function openStorage(folder: string): Promise<Database> {
  return openDatabase(folder);
}
