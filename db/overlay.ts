// Taught in lesson 17
// overlay: changes on their way to the disk, laid over the records that are there already.
//
//   overlay  2 → { name: 'Flat white', stock: 119 }      planned, not on the disk yet
//   table    2 → { name: 'Flat white', stock: 120 }      what every reader gets
//   ───────────────────────────────────────────────
//   seen     2 → { …, stock: 119 }                       what the next change is checked against
//
// Two guests want the last cake. The first one's order is still on its way to the disk, but the
// second guest must get "no" already. It would be simpler to let the second one wait, but then each
// change would need a flush of its own.

import type { CollectionOptions, Stored } from '../lessons/09-logic/storage.ts';
import { Table, type Change, type View } from '../lessons/09-logic/table.ts';

export class Overlay<Item extends Stored> implements View<Item> {
  readonly #under: View<Item>;
  readonly #changes = new Map<number, Change<Item>>();
  readonly #records: Table<Item>;

  constructor(name: string, options: CollectionOptions<Item>, under: View<Item>) {
    this.#under = under;
    this.#records = new Table<Item>(name, { ...options, initial: [] });
  }

  get lastId(): number {
    return Math.max(this.#records.lastId, this.#under.lastId);
  }

  get(id: number): Item | undefined {
    const change = this.#changes.get(id);
    return change ? change.after : this.#under.get(id);
  }

  find(field: string, value: unknown): Item[] {
    const under = this.#under.find(field, value);
    const here = this.#records.find(field, value);
    if (here.length === 0 && (under.length === 0 || this.#changes.size === 0)) return under;
    const unchanged = under.filter(({ id }) => !this.#changes.has(id));
    return [...unchanged, ...here].sort((a, b) => a.id - b.id);
  }

  add(change: Change<Item>): void {
    this.#changes.set(change.id, change);
    this.#records.apply(change);
  }

  /** The change is in the table now. A later one of the same record may still be on its way. */
  confirm(change: Change<Item>): void {
    if (this.#changes.get(change.id) !== change) return;
    this.#changes.delete(change.id);
    this.#records.apply({ id: change.id });
  }
}
