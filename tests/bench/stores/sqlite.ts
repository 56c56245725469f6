// SQLite by way of better-sqlite3, in its fastest way that keeps a database whole: a write-ahead log.
//
//   sqlite-full      each commit is flushed before it is told
//   sqlite-normal    flushed now and then: a power cut takes the last seconds away

import Database from 'better-sqlite3';
import { join } from 'node:path';
import { recordsUpTo } from './item.ts';
import type { Store } from './store.ts';

export async function open(folder: string, kind: string): Promise<Store> {
  const db = new Database(join(folder, 'cafe.db'));
  db.pragma('journal_mode = WAL');
  db.pragma(`synchronous = ${kind}`);
  db.exec('CREATE TABLE IF NOT EXISTS items (id INTEGER PRIMARY KEY, name TEXT NOT NULL, price INTEGER NOT NULL, category TEXT NOT NULL, stock INTEGER NOT NULL, version INTEGER NOT NULL)');
  const insert = db.prepare('INSERT INTO items (name, price, category, stock, version) VALUES (@name, @price, @category, @stock, 1)');
  const update = db.prepare('UPDATE items SET name = @name, price = @price, category = @category, stock = @stock, version = version + 1 WHERE id = @id');
  const get = db.prepare('SELECT * FROM items WHERE id = ?');
  return {
    fill: (count) => db.transaction(() => { for (const record of recordsUpTo(count)) insert.run(record); })(),
    insert: (fields) => insert.run(fields),
    update: (id, fields) => update.run({ ...fields, id }),
    get: (id) => get.get(id),
    close: () => db.close(),
  };
}
