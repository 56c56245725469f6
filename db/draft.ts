// Taught in lesson 18
// draft: what a transaction wants to change, until it is clear that it may.
//
//   draft     2 → stock 119, order 42      seen by this transaction only
//   overlay   2 → stock 120                on its way to the disk
//   table     2 → stock 121                on the disk, and seen by all
//
// It is one more overlay, over what is on its way. If the change throws, the draft is thrown away.

import type { FieldsOf, Stored } from '../lessons/09-logic/storage.ts';
import type { Change } from '../lessons/09-logic/table.ts';
import { Overlay } from './overlay.ts';
import type { CollectionState } from './collection-state.ts';

/** As a Collection, but without waiting. Throws what those reject with. */
export type DraftCollection<Item extends Stored> = {
  get(id: number): Item | undefined;
  find<Field extends keyof FieldsOf<Item> & string>(field: Field, value: Item[Field]): Item[];
  insert(fields: FieldsOf<Item>): Item;
  update(id: number, version: number, fields: FieldsOf<Item>): Item;
  remove(id: number, version?: number): boolean;
};

export class Draft {
  readonly #states: Map<string, CollectionState<any>>;
  readonly #overlays = new Map<CollectionState<any>, Overlay<any>>();
  readonly changes = new Map<CollectionState<any>, Change<any>[]>();
  #isOver = false;

  constructor(states: Map<string, CollectionState<any>>) {
    this.#states = states;
  }

  run<Result>(change: (draft: Draft) => Result): Result {
    const result = change(this);
    this.#isOver = true;
    if (result instanceof Promise) throw waits(result);
    return result;
  }

  /** A collection that storage.collection() was asked for before. */
  in<Item extends Stored>(name: string): DraftCollection<Item> {
    const state = this.#states.get(name) as CollectionState<Item> | undefined;
    if (!state) throw new Error(`There is no collection ${JSON.stringify(name)} in this transaction: call storage.collection(${JSON.stringify(name)}, …) once before.`);
    const overlay = this.#overlayOf(state);
    const add = (planned: Change<Item>) => this.#add(state, overlay, planned);
    return {
      get: (id) => overlay.get(id),
      find: (field, value) => overlay.find(field, value),
      insert: (fields) => add(state.table.planInsert(fields, overlay)).after!,
      update: (id, version, fields) => add(state.table.planUpdate(id, version, fields, overlay)).after!,
      remove: (id, version) => {
        const planned = state.table.planRemove(id, version, overlay);
        if (planned) add(planned);
        return planned !== undefined;
      },
    };
  }

  // ── rare cases ──────────────────────────────────────────────────────────────────────────────

  #overlayOf<Item extends Stored>(state: CollectionState<Item>): Overlay<Item> {
    const overlay = this.#overlays.get(state) ?? new Overlay<Item>(state.name, state.options, state.pending);
    this.#overlays.set(state, overlay);
    return overlay;
  }

  #add<Item extends Stored>(state: CollectionState<Item>, overlay: Overlay<Item>, planned: Change<Item>): Change<Item> {
    if (this.#isOver) throw new Error('This transaction is over, so nothing can be added to it. Begin another one.');
    overlay.add(planned);
    const known = this.changes.get(state);
    if (known) known.push(planned);
    else this.changes.set(state, [planned]);
    return planned;
  }
}

function waits(result: Promise<unknown>): Error {
  result.catch(() => {}); // What becomes of it matters no more.
  return new TypeError('A transaction must not wait, but this one returned a promise, so nothing was changed. Take away "async" and "await", and ask for what it needs before it begins.');
}
