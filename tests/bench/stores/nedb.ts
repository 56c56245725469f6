// nedb (as @seald-io keeps it up): all in memory, and each change is a line at the end of a file.

import Datastore from '@seald-io/nedb';
import { join } from 'node:path';
import { recordsUpTo } from './item.ts';
import type { Store } from './store.ts';

export async function open(folder: string): Promise<Store> {
  const db = new Datastore({ filename: join(folder, 'cafe.jsonl') });
  await db.loadDatabaseAsync();
  let lastId = db.getAllData().length;
  return {
    fill(count) {
      lastId = count;
      return db.insertAsync(recordsUpTo(count).map(({ id, ...fields }) => ({ _id: id, ...fields })));
    },
    insert: (fields) => db.insertAsync({ _id: ++lastId, ...fields, version: 1 }),
    update: (id, fields) => db.updateAsync({ _id: id }, { $set: fields, $inc: { version: 1 } }, {}),
    get: (id) => db.findOneAsync({ _id: id }),
    close: () => {},
  };
}
