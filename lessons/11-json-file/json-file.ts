// Lesson 11 · json-file: a store that knows everything again after a restart.
//
//   insert({ name: 'Iced tea', … })
//     ──►  plan    { id: 23, after: { id: 23, name: 'Iced tea', … } }    checked, and nothing changed
//     ──►  save    cafe.json, all of it, with that change                now it is on the disk
//     ──►  apply   get(23), find('name', 'Iced tea')                     and only now it is seen
//
// One change after the other. Two saves at once would each write a file that lacks what the other
// one has, and the slower one would win. Rewriting everything for one change is as simple as it can
// be, and takes longer with each record; lesson 17 writes down the change alone.

import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { valueOf } from '../09-logic/field-index.ts';
import { deepFreeze } from '../09-logic/frozen.ts';
import type { Collection, CollectionOptions, FieldsOf, Storage, Stored } from '../09-logic/storage.ts';
import { Table, type Change } from '../09-logic/table.ts';
import { readText, writeText, type Kept } from './format.ts';
import { UnusableFile } from './unusable-file.ts';
import { makeFolder, stampOf, swapIn } from './swap.ts';
import { oneAfterTheOther, type InTurn } from './turns.ts';

/** Rejects with an UnusableFile. A file that is not there yet is made by the first change. */
export async function jsonFileStorage(path: string): Promise<Storage> {
  const file = await openFile(path);
  const collections = new Map<string, unknown>();
  return {
    collection<Item extends Stored>(name: string, options?: CollectionOptions<Item>): Collection<Item> {
      if (!collections.has(name)) collections.set(name, fileCollection(file, addTable(file, name, options)));
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
    insert: (fields) => keep(file, table, fields, (own) => table.planInsert(own)),
    update: (id, version, fields) => keep(file, table, fields, (own) => table.planUpdate(id, version, own)),
    remove: async (id, version) => (await change(file, table, () => table.planRemove(id, version))) !== undefined,
  };
}

function change<Item extends Stored>(file: OpenFile, table: Table<Item>, plan: () => Change<Item> | undefined): Promise<Change<Item> | undefined> {
  return file.inTurn(async () => {
    const planned = plan();
    if (planned) await save(file, textWith(file, table, planned));
    if (planned) table.apply(planned);
    return planned;
  });
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

/** `stamp`: what the file looked like when this program last read or wrote it. */
type OpenFile = { path: string; tables: Map<string, Table<any>>; stamp: string; inTurn: InTurn };

// Until its turn comes, the caller may change what was handed in: so a copy waits.
async function keep<Item extends Stored>(file: OpenFile, table: Table<Item>, fields: FieldsOf<Item>, plan: (own: FieldsOf<Item>) => Change<Item>): Promise<Item> {
  const own = JSON.stringify(fields);
  const planned = await change(file, table, () => plan(JSON.parse(own)));
  return planned!.after!;
}

async function openFile(path: string): Promise<OpenFile> {
  try {
    const stamp = await stampOf(path);
    const collections = stamp === '' ? [] : readText(toText(await readFile(path)));
    const tables = new Map(collections.map(([name, kept]) => [name, fill(kept, new Table(name))]));
    return { path, tables, stamp, inTurn: oneAfterTheOther() };
  } catch (error) {
    throw unusable(path, error);
  }
}

// toString() would put a "�" in the place of what is no UTF-8, and the next save would keep that.
function toText(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UnusableFile('some of its bytes are no text in UTF-8.');
  }
}

function unusable(path: string, error: unknown): unknown {
  if (error instanceof UnusableFile) return cannotBeUsed(path, error.message);
  if (isSystemError(error)) return cannotBeUsed(path, `${error.message}.`);
  return error;
}

function cannotBeUsed(path: string, problem: string): UnusableFile {
  return new UnusableFile(`${path} cannot be used: ${problem} It is left as it is. Correct it, or move it away to begin anew.`);
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

function fill({ records, lastId }: Kept, table: Table<Stored>): Table<Stored> {
  for (const record of records) table.apply({ id: record.id, after: deepFreeze(record) });
  table.lastId = lastId;
  return table;
}

// What the file holds of collections that nobody asks for stays in `tables`, and so in the file.
function addTable<Item extends Stored>(file: OpenFile, name: string, options: CollectionOptions<Item> = {}): Table<Item> {
  const kept = file.tables.get(name);
  const table = new Table<Item>(name, kept ? { ...options, first: [] } : options);
  if (kept) table.takeOver(kept);
  for (const field of options.unique ?? []) checkUnique(file, name, table, field);
  file.tables.set(name, table);
  return table;
}

// A person may have written into the file, or the program asks for more than it did.
function checkUnique<Item extends Stored>({ path }: OpenFile, name: string, table: Table<Item>, field: string): void {
  const [first, second] = table.findDoubles(field);
  if (second) throw unusable(path, new UnusableFile(`in ${JSON.stringify(name)}, ${first!.id} and ${second.id} have the same ${field}, ${JSON.stringify(valueOf(first!, field))}.`));
}

function textWith<Item extends Stored>({ tables }: OpenFile, changed: Table<Item>, change: Change<Item>): string {
  return writeText([...tables].map(([name, table]) => [name, table === changed ? keptWith(changed, change) : keptIn(table)]));
}

function keptIn(table: Table<Stored>): Kept {
  return { lastId: table.lastId, records: table.values() };
}

function keptWith<Item extends Stored>(table: Table<Item>, { id, after }: Change<Item>): Kept {
  const records = table.values();
  const place = records.indexOf(table.get(id)!);
  if (after && place === -1) records.push(after);
  else if (after) records[place] = after;
  else if (place !== -1) records.splice(place, 1);
  return { lastId: Math.max(table.lastId, id), records };
}

async function save(file: OpenFile, text: string): Promise<void> {
  const { path, stamp } = file;
  if (await stampOf(path) !== stamp) throw new Error(`${path} was changed by hand or by another program since this one has read it, so nothing is saved. Start this server again: it then reads what stands there now.`);
  try {
    if (stamp === '') await makeFolder(dirname(path));
    await swapIn(path, text);
  } catch (error) {
    throw new Error(`${path} could not be saved, so the change was not made: ${(error as Error).message}.`, { cause: error });
  } finally {
    file.stamp = await stampOf(path);
  }
}
