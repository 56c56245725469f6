// Lesson 11 · json-file: a store that knows everything again after a restart.
//
//   insert({ name: 'Iced tea', … })
//     ──►  plan    { id: 23, after: { id: 23, name: 'Iced tea', … } }   checked, nothing changed
//     ──►  save    cafe.json, all of it, with that change               now it is on the disk
//     ──►  apply   get(23), find('name', 'Iced tea')                    and only now it is seen
//
// One change after the other. Two saves at once would each write a file without the other's change,
// and the slower one would win. To rewrite everything for one change is as simple as it can be, and
// takes longer with each record. Lesson 17 writes down the change alone.

import type { Collection, CollectionOptions, Storage } from '../09-logic/storage.ts';
import type { FieldsOf, Stored } from '../09-logic/storage.ts';
import type { Change, Table } from '../09-logic/table.ts';
import { addTable, textWith } from './file-tables.ts';
import { openFile, unusable, type OpenFile } from './open-file.ts';
import { save } from './save-file.ts';

/** Rejects with an UnusableFile. If there is no file yet, the first change makes it. */
export async function jsonFileStorage(path: string): Promise<Storage> {
  const file = await openFile(path);
  const collections = new Map<string, unknown>();
  return {
    collection<Item extends Stored>(name: string, options?: CollectionOptions<Item>) {
      if (!collections.has(name)) collections.set(name, openCollection(file, name, options));
      return collections.get(name) as Collection<Item>;
    },
    close: () => file.inTurn(async () => {}),
  };
}

function fileCollection<Item extends Stored>(file: OpenFile, table: Table<Item>): Collection<Item> {
  return {
    get: async (id) => table.get(id),
    list: async (page) => table.list(page),
    find: async (field, value) => table.find(field, value),
    insert: (fields) => saveCopy(file, table, fields, (own) => table.planInsert(own)),
    update: (id, version, fields) =>
      saveCopy(file, table, fields, (own) => table.planUpdate(id, version, own)),
    remove: async (id, version) =>
      (await change(file, table, () => table.planRemove(id, version))) !== undefined,
  };
}

function change<Item extends Stored>(file: OpenFile, table: Table<Item>, plan: Plan<Item>) {
  return file.inTurn(async () => {
    const planned = plan();
    if (planned) await save(file, textWith(file.tables, table, planned));
    if (planned) table.apply(planned);
    return planned;
  });
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

type Plan<Item extends Stored> = () => Change<Item> | undefined;

// The caller may still change its object while this waits for its turn. So copy it.
async function saveCopy<Item extends Stored>(
  file: OpenFile,
  table: Table<Item>,
  fields: FieldsOf<Item>,
  plan: (own: FieldsOf<Item>) => Change<Item>,
): Promise<Item> {
  const own = table.copyOf(fields);
  const planned = await change(file, table, () => plan(own));
  return planned!.after!;
}

function openCollection<Item extends Stored>(
  file: OpenFile,
  name: string,
  options?: CollectionOptions<Item>,
): Collection<Item> {
  try {
    return fileCollection(file, addTable(file.tables, name, options));
  } catch (error) {
    throw unusable(file.path, error);
  }
}
