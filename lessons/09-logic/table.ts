// Lesson 09 · table: the records of one collection.
//
//   table.planInsert({ name: 'Flat white', … })  ──►  { id: 2, after: { id: 2, … } }    checked
//   table.apply(that change)                     ──►  get(2), find('name', …)           done
//
// A change is first planned, which checks it and changes nothing (plan.ts). Then it is applied, and
// that cannot fail. In between, a store with a disk writes it down. The store of this lesson has no
// disk, so you can leave this file for lesson 11.

import { checkNumber, checkPageOptions, checkValue, show } from './check-arguments.ts';
import { addTo, removeFrom, valueOf, type FieldIndex } from './field-index.ts';
import { copyOf } from './frozen.ts';
import { checkVersion, planRecord, taken, type Change, type PlanRules, type View } from './plan.ts';
import { pageOf } from './record-page.ts';
import type { CollectionOptions, FieldsOf, PageOptions, RecordPage, Stored } from './storage.ts';
import { Conflict } from './storage.ts';

export type { Change, View } from './plan.ts';

export class Table<Item extends Stored> {
  readonly #name: string;
  readonly #rules: PlanRules;
  readonly #indexed: Set<string>;
  #records: Item[] = []; // Each at the index of its id, which is faster than a Map.
  readonly #indexes = new Map<string, FieldIndex>();
  #lastId = 0;

  constructor(name: string, options: CollectionOptions<Item> = {}) {
    const { unique = [], indexes = [], initial = [] } = options;
    this.#name = name;
    this.#rules = { name, unique };
    this.#indexed = new Set([...unique, ...indexes]);
    for (const record of initial) this.apply(this.#planFirst(record));
  }

  get(id: number): Item | undefined {
    checkNumber(this.#name, 'id', id);
    return this.#records[id];
  }

  planInsert(fields: FieldsOf<Item>, seen: View<Item> = this): Change<Item> {
    return planRecord(this.#rules, fields, { id: seen.lastId + 1, version: 1 }, seen);
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

  /** The highest id ever given. A store keeps it, so that no id is used twice. */
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
    return pageOf({ records: this.#records, lastId: this.#lastId, size: this.#size }, wanted);
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
    return planRecord(this.#rules, fields, { id, version: version + 1 }, seen);
  }

  /** Undefined when there is nothing to remove. */
  planRemove(id: number, version?: number, seen: View<Item> = this): Change<Item> | undefined {
    if (version !== undefined) checkNumber(this.#name, 'version', version);
    const before = seen.get(id);
    if (before && version !== undefined) checkVersion(before, version);
    return before && { id };
  }

  /** For fields that wait before they are planned: the caller may still change its object. */
  copyOf(fields: FieldsOf<Item>): FieldsOf<Item> {
    return copyOf(this.#name, fields);
  }

  /** Two records with the same value, or none. A file may have been edited by hand. */
  findDuplicates(field: string): Item[] {
    for (const [value, ids] of this.#index(field)) {
      const isShared = typeof ids === 'object' && ids.size > 1;
      if (isShared && value !== null && value !== undefined) {
        return this.find(field, value).slice(0, 2);
      }
    }
    return [];
  }

  /** Takes the records of another table, which is not used after that. */
  takeOver(table: Table<Item>): void {
    this.#records = table.#records;
    this.#size = table.#size;
    this.#lastId = table.#lastId;
  }

  #planFirst(record: Item): Change<Item> {
    const isThere = this.get(record.id) !== undefined;
    if (isThere) throw taken('id', record.id);
    return planRecord(this.#rules, record, record, this);
  }

  // Built by the first search, so that a collection without searches opens at no cost.
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
