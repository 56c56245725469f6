// Taught in lesson 17
// collection-state: one collection, with what is on the disk and what is on its way there.
//
//   insert({ name: 'Iced tea', … })
//     ──►  plan      against the changes on their way     { id: 23, after: { id: 23, … } }
//     ──►  journal   {"in":"menu","record":{"id":23,…}}   one line, flushed
//     ──►  apply     get(23), find('name', 'Iced tea')    only now it is seen
//
// The steps of lesson 11, but what is written is the change alone, and nobody waits for another's turn.

import type { Collection, CollectionOptions, FieldsOf, Stored } from '../lessons/09-logic/storage.ts';
import { Table, type Change } from '../lessons/09-logic/table.ts';
import type { Journal } from './journal.ts';
import { Overlay } from './overlay.ts';

export class CollectionState<Item extends Stored> {
  readonly name: string;
  readonly #quoted: string;
  readonly options: CollectionOptions<Item>;
  readonly table: Table<Item>;
  /** What a change is checked against. */
  pending: Overlay<Item>;
  /** Are the records that it began with in the file, or on their way there? */
  seedState: 'unsaved' | 'saving' | 'saved' = 'unsaved';

  constructor(name: string, options: CollectionOptions<Item>) {
    this.name = name;
    this.#quoted = JSON.stringify(name);
    this.options = options;
    this.table = new Table(name, options);
    this.pending = new Overlay(name, options, this.table);
  }

  /** What was on its way did not arrive. */
  forget(): void {
    this.pending = new Overlay(this.name, this.options, this.table);
    if (this.seedState === 'saving') this.seedState = 'unsaved';
  }

  /** Changes that are on the disk. */
  apply(changes: Change<Item>[]): void {
    for (const change of changes) {
      this.table.apply(change);
      this.pending.confirm(change);
    }
    this.seedState = 'saved';
  }

  /** As they stand in a line; the first time together with the records that the collection began with. */
  write(changes: Change<Item>[]): string[] {
    const entries = this.seedState === 'unsaved' ? this.table.values().map((record) => this.#entry({ id: record.id, after: record })) : [];
    this.seedState = this.seedState === 'saved' ? 'saved' : 'saving';
    for (const change of changes) {
      this.pending.add(change);
      entries.push(this.#entry(change));
    }
    return entries;
  }

  #entry({ id, after }: Change<Item>): string {
    return after ? `{"in":${this.#quoted},"record":${JSON.stringify(after)}}` : `{"in":${this.#quoted},"removed":${id}}`;
  }
}

/** What is to be changed, collection by collection. */
export type Changes = [state: CollectionState<any>, changes: Change<any>[]][];

/** Resolves when all of it is on the disk, in one line. `onDurable` is called first. */
export function commit(journal: Journal, changes: Changes, onDurable = () => {}): Promise<void> {
  const entries = changes.flatMap(([state, own]) => state.write(own));
  return journal.append(entries.length > 0 ? `[${entries.join(',')}]` : '', () => {
    for (const [state, own] of changes) state.apply(own);
    onDurable();
  });
}

export function collectionOf<Item extends Stored>(state: CollectionState<Item>, commit: (changes: Changes) => Promise<void>): Collection<Item> {
  const { table } = state;
  async function commitOne(plan: () => Change<Item>): Promise<Item> {
    const planned = plan();
    await commit([[state, [planned]]]);
    return planned.after!;
  }
  return {
    get: async (id) => table.get(id),
    list: async (page) => table.list(page),
    find: async (field, value) => table.find(field, value),
    insert: (fields: FieldsOf<Item>) => commitOne(() => table.planInsert(fields, state.pending)),
    update: (id, version, fields) => commitOne(() => table.planUpdate(id, version, fields, state.pending)),
    remove: async (id, version) => {
      const planned = table.planRemove(id, version, state.pending);
      await commit(planned ? [[state, [planned]]] : []);
      return planned !== undefined;
    },
  };
}
