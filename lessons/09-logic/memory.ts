// Lesson 09 · memory: a store that keeps everything in memory, and forgets it when it ends.
//
//   const storage = memoryStorage();
//   const menu = storage.collection<Item>('menu', { initial: items });
//   await menu.get(2)  ──►  { id: 2, name: 'Flat white', … }
//
// It is the simplest store, and stays useful for tests: there are no files to clean up. A restart
// loses everything; lesson 11 changes that.

import { checkCollection } from './check-arguments.ts';
import type { Collection, CollectionOptions, Storage, Stored } from './storage.ts';
import { Table, type Change } from './table.ts';

export function memoryStorage(): Storage {
  const collections = new Map<string, unknown>();
  return {
    collection<Item extends Stored>(name: string, options?: CollectionOptions<Item>) {
      if (!collections.has(name)) {
        checkCollection(name, options);
        collections.set(name, memoryCollection(new Table<Item>(name, options)));
      }
      return collections.get(name) as Collection<Item>;
    },
    close: async () => {},
  };
}

function memoryCollection<Item extends Stored>(table: Table<Item>): Collection<Item> {
  return {
    get: async (id) => table.get(id),
    list: async (page) => table.list(page),
    find: async (field, value) => table.find(field, value),
    insert: async (fields) => applied(table, table.planInsert(fields)),
    update: async (id, version, fields) => applied(table, table.planUpdate(id, version, fields)),
    remove: async (id, version) => {
      const change = table.planRemove(id, version);
      if (change) table.apply(change);
      return change !== undefined;
    },
  };
}

function applied<Item extends Stored>(table: Table<Item>, change: Change<Item>): Item {
  table.apply(change);
  return change.after!;
}
