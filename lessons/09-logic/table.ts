// Lesson 09 · table: the records of one collection.
//
//   table.planInsert({ name: 'Flat white', … })  ──►  { id: 2, after: { id: 2, … } }    checked
//   table.apply(that change)                     ──►  get(2), find('name', …)           done
//
// A change is first planned, which checks it and changes nothing, and then applied, which cannot
// fail. In between, a store with a disk writes the change down: so its memory is never ahead of it.
// The store of this lesson has no disk, so you may leave this file for lesson 11, which needs it.

import { checkCount, checkNumber, checkValue, checkPageOptions, show } from './check-arguments.ts';
import { addTo, removeFrom, valueOf, type FieldIndex } from './field-index.ts';
import { copyOf, recordOf } from './frozen.ts';
import type { CollectionOptions, FieldsOf, RecordPage, Stored, PageOptions } from './storage.ts';
import { Conflict } from './storage.ts';

/** From one state of a record to the next. Without `after` it is removed. */
export type Change<Item extends Stored> = { id: number; after?: Item };

export class Table<Item extends Stored> {
  readonly #name: string;
  readonly #unique: readonly string[];
  readonly #indexed: Set<string>;
  #records: Item[] = []; // Each at the place of its id, which is found faster than in a Map.
  readonly #indexes = new Map<string, FieldIndex>();
  #lastId = 0;

  constructor(name: string, options: CollectionOptions<Item> = {}) {
    const { unique = [], indexes = [], initial = [] } = options;
    this.#name = name;
    this.#unique = unique;
    this.#indexed = new Set([...unique, ...indexes]);
    for (const record of initial) this.apply(this.#planFirst(record));
  }

  get(id: number): Item | undefined {
    checkNumber(this.#name, 'id', id);
    return this.#records[id];
  }

  planInsert(fields: FieldsOf<Item>, seen: View<Item> = this): Change<Item> {
    return this.#planRecord(fields, { id: seen.lastId + 1, version: 1 }, seen);
  }

  apply({ id, after }: Change<Item>): void {
    const before = this.#records[id];
    if (before) this.#unlist(before);
    if (after) this.#enlist(after);
    else delete this.#records[id];
    this.#size += (after ? 1 : 0) - (before ? 1 : 0);
    this.#lastId = Math.max(this.#lastId, id);
  }

  // ── rare cases ──────────────────────────────────────────────────────────────────────────────

  /** The highest id ever given. A store keeps it: no id is given twice, even after a removal. */
  get lastId(): number {
    return this.#lastId;
  }

  set lastId(id: number) {
    this.#lastId = Math.max(this.#lastId, id);
  }

  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** All records, in the order of their ids. */
  values(): Item[] {
    return Object.values(this.#records);
  }

  list(wanted: PageOptions = {}): RecordPage<Item> {
    checkPageOptions(this.#name, wanted);
    const { after = 0, before, limit = 100 } = wanted;
    const records: Item[] = [];
    for (const id of before === undefined ? this.#idsAbove(after) : this.#idsBelow(before)) {
      if (records.length > limit) break; // One more than wanted tells whether there is a next page.
      const record = this.#records[id];
      if (record) records.push(record);
    }
    const more = records.length > limit;
    if (more) records.pop();
    return { records, next: more ? records.at(-1)?.id : undefined };
  }

  // Ids are counted up, so the next is found by counting on; unless nearly all of them are gone.
  *#idsAbove(after: number): Iterable<number> {
    if (this.#isSparse()) yield* this.#idsInOrder().filter((id) => id > after);
    else for (let id = Math.max(0, Math.floor(after)) + 1; id <= this.#lastId; id += 1) yield id;
  }

  *#idsBelow(before: number): Iterable<number> {
    if (this.#isSparse()) yield* this.#idsInOrder().filter((id) => id < before).reverse();
    else for (let id = Math.min(Math.ceil(before) - 1, this.#lastId); id > 0; id -= 1) yield id;
  }

  #isSparse(): boolean {
    return this.#lastId > 100 * this.#size;
  }

  #idsInOrder(): number[] {
    return Object.keys(this.#records).map(Number).sort((a, b) => a - b);
  }

  find(field: string, value: unknown): Item[] {
    if (!this.#indexed.has(field)) {
      throw new Error(
        `${show(this.#name)} has no index on ${show(field)}: declare it in "unique" or "indexes".`,
      );
    }
    checkValue(this.#name, field, value);
    const ids = this.#index(field).get(value);
    if (ids === undefined) return [];
    if (typeof ids === 'number') return [this.#records[ids]!];
    return [...ids].sort((a, b) => a - b).map((id) => this.#records[id]!);
  }

  planUpdate(
    id: number,
    version: number,
    fields: FieldsOf<Item>,
    seen: View<Item> = this,
  ): Change<Item> {
    checkNumber(this.#name, 'version', version);
    const before = seen.get(id);
    if (!before) throw new Conflict('missing', `There is no ${id} in ${show(this.#name)}.`);
    checkVersion(before, version);
    return this.#planRecord(fields, { id, version: version + 1 }, seen);
  }

  /** Undefined when there is nothing to remove. */
  planRemove(id: number, version?: number, seen: View<Item> = this): Change<Item> | undefined {
    if (version !== undefined) checkNumber(this.#name, 'version', version);
    const before = seen.get(id);
    if (before && version !== undefined) checkVersion(before, version);
    return before && { id };
  }

  /** For fields that wait before they are planned: their owner may change them. */
  copyOf(fields: FieldsOf<Item>): FieldsOf<Item> {
    return copyOf(this.#name, fields);
  }

  /** Two records with the same value, or none: a file may have been edited by hand. */
  findDuplicates(field: string): Item[] {
    for (const [value, ids] of this.#index(field)) {
      const isShared = typeof ids === 'object' && ids.size > 1;
      if (isShared && value !== null && value !== undefined) {
        return this.find(field, value).slice(0, 2);
      }
    }
    return [];
  }

  /** Goes on with the records of another table, which is not used any more. */
  takeOver(table: Table<Item>): void {
    this.#records = table.#records;
    this.#size = table.#size;
    this.#lastId = table.#lastId;
  }

  #planFirst(record: Item): Change<Item> {
    const isThere = this.get(record.id) !== undefined;
    if (isThere) throw new Conflict('taken', alreadyThere('id', record.id));
    return this.#planRecord(record, record, this);
  }

  // What is compared is what will be kept: a date, for one, is kept as text.
  #planRecord(fields: FieldsOf<Item>, stored: Stored, seen: View<Item>): Change<Item> {
    checkCount(this.#name, 'id', stored.id);
    checkCount(this.#name, 'version', stored.version);
    const after: Item = recordOf(this.#name, fields, stored);
    for (const field of this.#unique) {
      const value = valueOf(after, field);
      if (value === undefined || value === null) continue;
      const isTaken = seen.find(field, value).some((other) => other.id !== after.id);
      if (isTaken) throw new Conflict('taken', alreadyThere(field, value));
    }
    return { id: after.id, after };
  }

  // Built when first asked for: a collection that is never searched costs nothing to open.
  #index(field: string): FieldIndex {
    const known = this.#indexes.get(field);
    if (known) return known;
    const index: FieldIndex = new Map();
    for (const record of this.values()) addTo(index, valueOf(record, field), record.id);
    this.#indexes.set(field, index);
    return index;
  }

  #enlist(record: Item): void {
    this.#records[record.id] = record;
    for (const [field, index] of this.#indexes) addTo(index, valueOf(record, field), record.id);
  }

  #unlist(record: Item): void {
    const { id } = record;
    for (const [field, index] of this.#indexes) removeFrom(index, valueOf(record, field), id);
  }
}

/** What a plan is checked against: the table, perhaps with changes on their way to the disk. */
export type View<Item extends Stored> = {
  readonly lastId: number;
  get(id: number): Item | undefined;
  find(field: string, value: unknown): Item[];
};

function alreadyThere(field: string, value: unknown): string {
  return `There is one with the ${field} ${JSON.stringify(value)} already.`;
}

function checkVersion(record: Stored, version: number): void {
  if (record.version !== version) {
    throw new Conflict(
      'changed',
      `Somebody else has changed it: version ${version} was expected, ` +
      `and it is version ${record.version} by now.`,
    );
  }
}
