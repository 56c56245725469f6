// Lesson 16 · open: which store keeps the café's data? One place decides.
//
//   openStorage('db/data/16')  ──►  db/data/16/cafe.json, the file of lesson 11
//
// The server opens it, and so does `npm run staff`. To change the store, change one line here.

import { join } from 'node:path';
import type { Storage } from '../09-logic/storage.ts';
import { jsonFileStorage } from '../11-json-file/json-file.ts';

export function openStorage(folder: string): Promise<Storage> {
  return jsonFileStorage(join(folder, 'cafe.json'));
}
