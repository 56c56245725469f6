// Taught in lesson 17
// commit: a change becomes one line, and is seen when that line is on the disk.
//
//   insert({ name: 'Iced tea', … })
//     ──►  plan      against the changes on their way     { id: 23, after: { id: 23, … } }
//     ──►  journal   {"in":"menu","record":{"id":23,…}}   one line, flushed
//     ──►  apply     get(23), find('name', 'Iced tea')    only now it is seen
//
// The steps of lesson 11. But only the change is written, and no request waits for another's turn.

import type { Collection, Stored } from '../lessons/09-logic/storage.ts';
import type { Change } from '../lessons/09-logic/table.ts';
import type { CollectionState } from './collection-state.ts';
import type { Journal } from './journal.ts';

/** The changes of one line, collection by collection. */
export type Changes = [state: CollectionState<any>, changes: Change<any>[]][];

/** Resolves when all changes are on the disk, in one line. `onDurable` is called first. */
export function commit(journal: Journal, changes: Changes, onDurable = () => {}): Promise<void> {
  const entries = changes.flatMap(([state, own]) => state.begin(own));
  return journal.append(entries.length > 0 ? `[${entries.join(',')}]` : '', () => {
    for (const [state, own] of changes) state.apply(own);
    onDurable();
  });
}

export function collectionOf<Item extends Stored>(
  state: CollectionState<Item>,
  commitAll: (changes: Changes) => Promise<void>,
): Collection<Item> {
  const { table } = state;
  async function commitOne(plan: () => Change<Item>): Promise<Item> {
    const planned = plan();
    await commitAll([[state, [planned]]]);
    return planned.after!;
  }
  return {
    get: async (id) => table.get(id),
    list: async (page) => table.list(page),
    find: async (field, value) => table.find(field, value),
    insert: (fields) => commitOne(() => table.planInsert(fields, state.pending)),
    update: (id, version, fields) =>
      commitOne(() => table.planUpdate(id, version, fields, state.pending)),
    remove: async (id, version) => {
      const planned = table.planRemove(id, version, state.pending);
      await commitAll(planned ? [[state, [planned]]] : []);
      return planned !== undefined;
    },
  };
}
