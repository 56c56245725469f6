// Lesson 11 · json-file: a store that knows everything again after a restart.
//
//   insert({ name: 'Iced tea', … })
//     ──►  plan    { id: 23, after: { id: 23, name: 'Iced tea', … } }   checked, nothing changed
//     ──►  save    cafe.json, all of it, with that change               now it is on the disk
//     ──►  apply   get(23), find('name', 'Iced tea')                    and only now it is seen
//
// One change after the other. Two saves at once would each write a file that lacks what the other
// one has, and the slower one would win. Rewriting everything for one change is as simple as it can
// be, and takes longer with each record; lesson 17 writes down the change alone.

import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Collection, CollectionOptions, Storage } from '../09-logic/storage.ts';
import type { FieldsOf, Stored } from '../09-logic/storage.ts';
import type { Change, Table } from '../09-logic/table.ts';
import { addTable, readTables, textWith, type Tables } from './file-tables.ts';
import { makeFolder, stampOf, swapIn } from './swap.ts';
import { oneAfterTheOther, type Run } from './turns.ts';
import { UnusableFile } from './unusable-file.ts';

/** Rejects with an UnusableFile. A file that is not there yet is made by the first change. */
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

/** `stamp`: what the file looked like when this program last read or wrote it. */
type OpenFile = { path: string; tables: Tables; stamp: string; inTurn: Run };

type Plan<Item extends Stored> = () => Change<Item> | undefined;

// Until its turn comes, the caller may change what was handed in: so a copy waits.
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

async function openFile(path: string): Promise<OpenFile> {
  try {
    const stamp = await stampOf(path);
    const tables = stamp === '' ? new Map() : readTables(toText(await readFile(path)));
    return { path, tables, stamp, inTurn: oneAfterTheOther() };
  } catch (error) {
    throw unusable(path, error);
  }
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
  return new UnusableFile(
    `${path} cannot be used: ${problem} It is left as it is. ` +
    'Correct it, or move it away to begin anew.',
  );
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

async function save(file: OpenFile, text: string): Promise<void> {
  const { path, stamp } = file;
  if (await stampOf(path) !== stamp) {
    throw new Error(
      `${path} was changed by hand or by another program since this one has read it, ` +
      'so nothing is saved. Start this server again: it then reads what stands there now.',
    );
  }
  try {
    if (stamp === '') await makeFolder(dirname(path));
    await swapIn(path, text);
  } catch (error) {
    throw new Error(
      `${path} could not be saved, so the change was not made: ${(error as Error).message}.`,
      { cause: error },
    );
  } finally {
    file.stamp = await stampOf(path);
  }
}
