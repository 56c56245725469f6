// Lesson 09 · record-page: a few records of a collection, and where the next ones begin.
//
//   pageOf(menu, { after: 20, limit: 2 })  ──►  { records: [item 21, item 22], next: 22 }
//   pageOf(menu, { limit: 100 })           ──►  { records: [all 22], next: undefined }
//
// Each record is in the array at the index of its id. So the next one is found by counting on.

import type { PageOptions, RecordPage, Stored } from './storage.ts';

/** `records[2]` has the id 2. `lastId`: the highest id ever given. `size`: how many there are. */
type RecordsById<Item extends Stored> = { records: Item[]; lastId: number; size: number };

export function pageOf<Item extends Stored>(
  all: RecordsById<Item>,
  { after = 0, before, limit = 100 }: PageOptions,
): RecordPage<Item> {
  const records: Item[] = [];
  for (const id of before === undefined ? idsAbove(all, after) : idsBelow(all, before)) {
    if (records.length > limit) break; // One more than wanted shows that there is a next page.
    const record = all.records[id];
    if (record) records.push(record);
  }
  const more = records.length > limit;
  if (more) records.pop();
  return { records, next: more ? records.at(-1)?.id : undefined };
}

function* idsAbove<Item extends Stored>(all: RecordsById<Item>, after: number): Iterable<number> {
  if (isSparse(all)) yield* idsInOrder(all).filter((id) => id > after);
  else for (let id = Math.max(0, Math.floor(after)) + 1; id <= all.lastId; id += 1) yield id;
}

function* idsBelow<Item extends Stored>(all: RecordsById<Item>, before: number): Iterable<number> {
  if (isSparse(all)) yield* idsInOrder(all).filter((id) => id < before).reverse();
  else for (let id = Math.min(Math.ceil(before) - 1, all.lastId); id > 0; id -= 1) yield id;
}

/** Nearly all records are gone, so counting would take longer than sorting. */
function isSparse<Item extends Stored>({ lastId, size }: RecordsById<Item>): boolean {
  return lastId > 100 * size;
}

function idsInOrder<Item extends Stored>({ records }: RecordsById<Item>): number[] {
  return Object.keys(records).map(Number).sort((a, b) => a - b);
}
