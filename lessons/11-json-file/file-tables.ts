// Lesson 11 · file-tables: from the text of the file to tables in memory, and back.
//
//   readTables('{ "format": 1, "collections": { "menu": … } }')  ──►  Map { 'menu' → its table }
//   textWith(tables, menu, { id: 23, after: … })                 ──►  the text, with that change
//
// The text holds a change that the tables do not have yet. They get it when it is on the disk.

import { checkCollection } from '../09-logic/check-arguments.ts';
import { valueOf } from '../09-logic/field-index.ts';
import { deepFreeze } from '../09-logic/frozen.ts';
import type { CollectionOptions, Stored } from '../09-logic/storage.ts';
import { Table, type Change } from '../09-logic/table.ts';
import { readText, writeText, type SavedTable } from './format.ts';
import { UnusableFile } from './unusable-file.ts';

/** By name. Collections that this program does not use stay here, and so in the file. */
export type Tables = Map<string, Table<any>>;

/** Throws an UnusableFile. */
export function readTables(text: string): Tables {
  return new Map(readText(text).map(([name, saved]) => [name, fill(saved, new Table(name))]));
}

export function textWith<Item extends Stored>(
  tables: Tables,
  changed: Table<Item>,
  change: Change<Item>,
): string {
  return writeText([...tables].map(([name, table]) => {
    return [name, table === changed ? snapshotWith(changed, change) : snapshotOf(table)];
  }));
}

/** This collection's table, from the file or new. Throws an UnusableFile for duplicates. */
export function addTable<Item extends Stored>(
  tables: Tables,
  name: string,
  options: CollectionOptions<Item> = {},
): Table<Item> {
  checkCollection(name, options);
  const known = tables.get(name);
  const table = new Table<Item>(name, known ? { ...options, initial: [] } : options);
  if (known) table.takeOver(known);
  for (const field of options.unique ?? []) checkUnique(name, table, field);
  tables.set(name, table);
  return table;
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

function fill({ records, lastId }: SavedTable, table: Table<Stored>): Table<Stored> {
  for (const record of records) table.apply({ id: record.id, after: deepFreeze(record) });
  table.lastId = lastId;
  return table;
}

// The file may have been edited by hand, or this field is unique only since today.
function checkUnique<Item extends Stored>(name: string, table: Table<Item>, field: string): void {
  const [first, second] = table.findDuplicates(field);
  if (first === undefined || second === undefined) return;
  const value = JSON.stringify(valueOf(first, field));
  const place = `in ${JSON.stringify(name)}, ${first.id} and ${second.id}`;
  throw new UnusableFile(`${place} have the same ${field}, ${value}.`);
}

function snapshotOf(table: Table<Stored>): SavedTable {
  return { lastId: table.lastId, records: table.values() };
}

function snapshotWith<Item extends Stored>(
  table: Table<Item>,
  { id, after }: Change<Item>,
): SavedTable {
  const records = table.values();
  const place = records.indexOf(table.get(id)!);
  if (after && place === -1) records.push(after);
  else if (after) records[place] = after;
  else if (place !== -1) records.splice(place, 1);
  return { lastId: Math.max(table.lastId, id), records };
}
