// lowdb: everything in one JSON file, which is written anew at each change and then swapped in.

import { JSONFilePreset } from 'lowdb/node';
import { join } from 'node:path';
import { recordsUpTo, type Item } from './item.ts';
import type { Store } from './store.ts';

export async function open(folder: string): Promise<Store> {
  const db = await JSONFilePreset<{ items: Item[] }>(join(folder, 'cafe.json'), { items: [] });
  const { items } = db.data;
  const find = (wanted: number) => items.find(({ id }) => id === wanted)!;
  return {
    fill(count) {
      items.push(...recordsUpTo(count));
      return db.write();
    },
    insert(fields) {
      items.push({ id: items.length + 1, ...fields, version: 1 });
      return db.write();
    },
    update(id, fields) {
      const item = find(id);
      Object.assign(item, fields, { version: item.version + 1 });
      return db.write();
    },
    get: find,
    close: () => {},
  };
}
