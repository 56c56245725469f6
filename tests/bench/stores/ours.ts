// Ours: the database of lessons 17 and 18, as it is taught.
//
//   ours            a snapshot is taken when it is time
//   ours-journal    never: all is in the journal
//   ours-snapshot   at the first change

import { join } from 'node:path';
import { openDatabase } from '../../../db/database.ts';
import { itemOf, type Item } from './item.ts';
import type { Store } from './store.ts';

const snapshotAfter: Record<string, number> = { journal: Infinity, snapshot: 1 };
const together = 1_000;

export async function open(folder: string, kind = ''): Promise<Store> {
  const db = await openDatabase(join(folder, 'data'), { snapshotAfter: snapshotAfter[kind], report: () => {} });
  const items = db.collection<Item>('items');
  return {
    async fill(count) {
      for (let id = 1; id <= count; id += together) {
        await Promise.all(Array.from({ length: Math.min(together, count - id + 1) }, (_, more) => items.insert(itemOf(id + more))));
      }
    },
    insert: (fields) => items.insert(fields),
    async update(id, fields) {
      const { version } = (await items.get(id))!;
      return items.update(id, version, fields);
    },
    get: (id) => items.get(id),
    close: () => db.close(),
  };
}
