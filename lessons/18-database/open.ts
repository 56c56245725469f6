// Lesson 18 · open: which store has the café's data, in one place.
//
//   openStorage('db/data/18')  ──►  db/data/18, with snapshots and journals: this lesson's database
//
// The server calls it, and so does `npm run staff`. For another store, change the one line below.

import { openDatabase, type Database } from '../../db/database.ts';

export function openStorage(folder: string): Promise<Database> {
  return openDatabase(folder);
}
