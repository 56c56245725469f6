// Taught in lesson 17
// collection-state: one collection, with what is on the disk and what is on its way there.
//
//                             pending                  table
//   begin(the change)         2 → { …, stock: 119 }    2 → { …, stock: 120 }    on its way
//   apply(the change)         nothing                  2 → { …, stock: 119 }    on the disk
//   forget()                  nothing                  2 → { …, stock: 120 }    the write failed
//
// The next change is checked against `pending`, and every reader sees the table.

import type { CollectionOptions, Stored } from '../lessons/09-logic/storage.ts';
import { Table, type Change } from '../lessons/09-logic/table.ts';
import { Overlay } from './overlay.ts';

export class CollectionState<Item extends Stored> {
  readonly name: string;
  readonly options: CollectionOptions<Item>;
  readonly table: Table<Item>;
  pending: Overlay<Item>;
  /** Are the records that the collection began with in the journal? */
  seedState: 'unsaved' | 'saving' | 'saved' = 'unsaved';

  constructor(name: string, options: CollectionOptions<Item>) {
    this.name = name;
    this.options = options;
    this.table = new Table(name, options);
    this.pending = new Overlay(name, options, this.table);
  }

  /** The entries for a line. The first line also has the records that the collection began with. */
  entriesFor(changes: Change<Item>[]): string[] {
    const seed = this.seedState === 'unsaved' ? this.#seed() : [];
    return [...seed, ...changes].map((change) => entryOf(this.name, change));
  }

  /** Changes that are on their way to the disk from now on. */
  begin(changes: Change<Item>[]): void {
    if (this.seedState === 'unsaved') this.seedState = 'saving';
    for (const change of changes) this.pending.add(change);
  }

  /** Changes that are on the disk. */
  apply(changes: Change<Item>[]): void {
    for (const change of changes) {
      this.table.apply(change);
      this.pending.confirm(change);
    }
    this.seedState = 'saved';
  }

  // ── rare cases ──────────────────────────────────────────────────────────────────────────────

  #seed(): Change<Item>[] {
    return this.table.values().map((after) => ({ id: after.id, after }));
  }

  /** The changes on their way could not be written. */
  forget(): void {
    this.pending = new Overlay(this.name, this.options, this.table);
    if (this.seedState === 'saving') this.seedState = 'unsaved';
  }
}

function entryOf(name: string, { id, after }: Change<Stored>): string {
  const collection = JSON.stringify(name);
  if (!after) return `{"in":${collection},"removed":${id}}`;
  return `{"in":${collection},"record":${JSON.stringify(after)}}`;
}
