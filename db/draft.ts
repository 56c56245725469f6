// Taught in lesson 18
// draft: what a transaction wants to change, before any of it happens.
//
//   draft     2 → stock 119, order 42      only this transaction sees it
//   overlay   2 → stock 120                on its way to the disk
//   table     2 → stock 121                on the disk, and every reader sees it
//
// It is one more overlay, over what is on its way. If the transaction throws, the draft is thrown
// away, and nothing has happened.

import type { FieldsOf, Stored } from '../lessons/09-logic/storage.ts';
import type { Change } from '../lessons/09-logic/table.ts';
import type { CollectionState } from './collection-state.ts';
import type { Collections } from './collections.ts';
import { DraftChanges } from './draft-changes.ts';
import { noCollection, noFunction, waits } from './transaction-errors.ts';

export class Draft {
  readonly #collections: Collections;
  readonly #changes = new DraftChanges();

  constructor(collections: Collections) {
    this.#collections = collections;
  }

  run<Result>(change: (draft: Draft) => Result): Result {
    if (typeof change !== 'function') throw noFunction(change);
    const result = change(this);
    this.#changes.finish();
    if (result instanceof Promise) throw waits(result);
    return result;
  }

  /** Throws if the program has not opened this collection with storage.collection(). */
  in<Item extends Stored>(name: string): DraftCollection<Item> {
    const state: CollectionState<Item> | undefined = this.#collections.get(name);
    if (!state) throw noCollection(name);
    const { table } = state;
    const overlay = this.#changes.overlayOf(state);
    const add = (planned: Change<Item>) => this.#changes.add(state, planned);
    return {
      get: (id) => overlay.get(id),
      find: (field, value) => overlay.find(field, value),
      insert: (fields) => add(table.planInsert(fields, overlay)).after!,
      update: (id, version, fields) => add(table.planUpdate(id, version, fields, overlay)).after!,
      remove: (id, version) => {
        const planned = table.planRemove(id, version, overlay);
        if (planned) add(planned);
        return planned !== undefined;
      },
    };
  }

  // ── rare cases ──────────────────────────────────────────────────────────────────────────────

  /** The changes so far, collection by collection. */
  get changes(): Map<CollectionState<any>, Change<any>[]> {
    return this.#changes.byCollection;
  }
}

/** Like a Collection, but it does not wait: it throws where a Collection rejects. */
export type DraftCollection<Item extends Stored> = {
  get(id: number): Item | undefined;
  find<Field extends keyof FieldsOf<Item> & string>(field: Field, value: Item[Field]): Item[];
  insert(fields: FieldsOf<Item>): Item;
  update(id: number, version: number, fields: FieldsOf<Item>): Item;
  remove(id: number, version?: number): boolean;
};
