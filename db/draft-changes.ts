// Taught in lesson 18
// draft-changes: the changes of one transaction, each seen by the next one.
//
//   add(menu, 2 → stock 119)                 changes: menu → [2 → stock 119]
//   overlayOf(menu).get(2)     ──►  119      the transaction sees its own change
//   menu.pending.get(2)        ──►  120      nothing else does
//   finish()
//   add(menu, 2 → stock 118)   ──►  an error: the transaction is over

import type { Stored } from '../lessons/09-logic/storage.ts';
import type { Change } from '../lessons/09-logic/table.ts';
import type { CollectionState } from './collection-state.ts';
import { Overlay } from './overlay.ts';
import { transactionOver } from './transaction-errors.ts';

export class DraftChanges {
  readonly byCollection = new Map<CollectionState<any>, Change<any>[]>();
  readonly #overlays = new Map<CollectionState<any>, Overlay<any>>();
  #isOver = false;

  overlayOf<Item extends Stored>(state: CollectionState<Item>): Overlay<Item> {
    const known = this.#overlays.get(state);
    if (known) return known;
    const overlay = new Overlay(state.name, state.options, state.pending);
    this.#overlays.set(state, overlay);
    return overlay;
  }

  add<Item extends Stored>(state: CollectionState<Item>, planned: Change<Item>): Change<Item> {
    if (this.#isOver) throw transactionOver();
    this.overlayOf(state).add(planned);
    const known = this.byCollection.get(state);
    if (known) known.push(planned);
    else this.byCollection.set(state, [planned]);
    return planned;
  }

  /** The transaction's function has returned. A change that is added later would be lost. */
  finish(): void {
    this.#isOver = true;
  }
}
