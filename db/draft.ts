// Taught in lesson 18
// draft: what a transaction wants to change, until it is clear that it may.
//
//   draft     2 → stock 119, order 42      seen by this transaction only
//   overlay   2 → stock 120                on its way to the disk
//   table     2 → stock 121                on the disk, and seen by all
//
// It is one more overlay, over what is on its way. If the change throws, the draft is thrown away.

import { show } from '../lessons/09-logic/check-arguments.ts';
import type { FieldsOf, Stored } from '../lessons/09-logic/storage.ts';
import type { Change, Table } from '../lessons/09-logic/table.ts';
import type { CollectionState } from './collection-state.ts';
import type { Collections } from './collections.ts';
import { Overlay } from './overlay.ts';

/** As a Collection, but without waiting. Throws what those reject with. */
export type DraftCollection<Item extends Stored> = {
  get(id: number): Item | undefined;
  find<Field extends keyof FieldsOf<Item> & string>(field: Field, value: Item[Field]): Item[];
  insert(fields: FieldsOf<Item>): Item;
  update(id: number, version: number, fields: FieldsOf<Item>): Item;
  remove(id: number, version?: number): boolean;
};

export class Draft {
  readonly #collections: Collections;
  readonly changes = new Map<CollectionState<any>, Change<any>[]>();

  constructor(collections: Collections) {
    this.#collections = collections;
  }

  run<Result>(change: (draft: Draft) => Result): Result {
    if (typeof change !== 'function') throw noFunction(change);
    const result = change(this);
    this.#isOver = true;
    if (result instanceof Promise) throw waits(result);
    return result;
  }

  /** A collection that storage.collection() was asked for before. */
  in<Item extends Stored>(name: string): DraftCollection<Item> {
    const { table, overlay, add } = this.#open<Item>(name);
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

  #isOver = false;

  #open<Item extends Stored>(name: string): OpenCollection<Item> {
    const state: CollectionState<Item> | undefined = this.#collections.get(name);
    if (!state) throw noCollection(show(name));
    const overlay = this.#overlayOf(state);
    return { table: state.table, overlay, add: (planned) => this.#add(state, planned) };
  }

  readonly #overlays = new Map<CollectionState<any>, Overlay<any>>();

  #overlayOf<Item extends Stored>(state: CollectionState<Item>): Overlay<Item> {
    const known = this.#overlays.get(state);
    if (known) return known;
    const overlay = new Overlay(state.name, state.options, state.pending);
    this.#overlays.set(state, overlay);
    return overlay;
  }

  #add<Item extends Stored>(state: CollectionState<Item>, planned: Change<Item>): Change<Item> {
    if (this.#isOver) throw transactionOver();
    this.#overlayOf(state).add(planned);
    const known = this.changes.get(state);
    if (known) known.push(planned);
    else this.changes.set(state, [planned]);
    return planned;
  }
}

type OpenCollection<Item extends Stored> = {
  table: Table<Item>;
  overlay: Overlay<Item>;
  add(planned: Change<Item>): Change<Item>;
};

function noFunction(change: unknown): Error {
  return new TypeError(
    `transaction() takes a function, such as (draft) => …, but it is ${show(change)}.`,
  );
}

function noCollection(name: string): Error {
  return new Error(
    `There is no collection ${name} in this transaction: ` +
    `call storage.collection(${name}, …) once before.`,
  );
}

function transactionOver(): Error {
  return new Error('This transaction is over, so nothing can be added to it. Begin another one.');
}

function waits(result: Promise<unknown>): Error {
  result.catch(() => {}); // It is refused anyway, so its own error does not matter.
  return new TypeError(
    'A transaction must not wait, but this one returned a promise, so nothing was changed. ' +
    'Take away "async" and "await", and ask for what it needs before it begins.',
  );
}
