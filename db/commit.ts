// Taught in lesson 17
// commit: a change becomes one line, and readers see it when that line is on the disk.
//
//   insert({ name: 'Iced tea', … })
//     ──►  plan      against the changes on their way     { id: 23, after: { id: 23, … } }
//     ──►  journal   {"in":"menu","record":{"id":23,…}}   one line, flushed
//     ──►  apply     get(23), find('name', 'Iced tea')    only now do readers see it
//
// These are the steps of lesson 11. But only the change is written, and requests share a flush.

import type { Collection, Stored } from '../lessons/09-logic/storage.ts';
import type { Change } from '../lessons/09-logic/table.ts';
import type { CollectionState } from './collection-state.ts';
import type { Journal } from './journal.ts';

/** The changes of one line, collection by collection. */
export type Changes = [state: CollectionState<any>, changes: Change<any>[]][];

/** Resolves when all changes are on the disk, in one line. `onDurable` is called first. */
export function commit(journal: Journal, changes: Changes, onDurable = () => {}): Promise<void> {
  const entries = changes.flatMap(([state, own]) => state.entriesFor(own));
  const line = entries.length > 0 ? `[${entries.join(',')}]` : '';
  for (const [state, own] of changes) state.begin(own); // After the line: building it can throw.
  return journal.append(line, () => {
    for (const [state, own] of changes) state.apply(own);
    onDurable();
  });
}

export function collectionOf<Item extends Stored>(
  state: CollectionState<Item>,
  journal: Journal,
  commitAll: (changes: Changes) => Promise<void>,
): Collection<Item> {
  const { table } = state;
  async function commitOne(plan: () => Change<Item> | undefined) {
    journal.state.checkOpen(); // Before the plan, since it counts for the next one.
    const planned = plan();
    await commitAll(planned ? [[state, [planned]]] : []);
    return planned;
  }
  return {
    get: async (id) => table.get(id),
    list: async (page) => table.list(page),
    find: async (field, value) => table.find(field, value),
    insert: async (fields) =>
      (await commitOne(() => table.planInsert(fields, state.pending)))!.after!,
    update: async (id, version, fields) =>
      (await commitOne(() => table.planUpdate(id, version, fields, state.pending)))!.after!,
    remove: async (id, version) =>
      (await commitOne(() => table.planRemove(id, version, state.pending))) !== undefined,
  };
}
