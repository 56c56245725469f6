// Lesson 09 · plan: a change that is checked, and not made yet.
//
//   planRecord({ name: 'menu', unique: ['name'] }, { name: 'Flat white', … }, …)
//     ──►  { id: 2, after: { id: 2, name: 'Flat white', … } }
//     ──►  or a Conflict, "taken": another item has that name
//
// Between the plan and the change, a store with a disk writes the change down. So what is in memory
// is never ahead of what is on the disk.

import { checkCount } from './check-arguments.ts';
import { valueOf } from './field-index.ts';
import { recordOf } from './frozen.ts';
import { Conflict, type FieldsOf, type Stored } from './storage.ts';

/** From one state of a record to the next. Without `after` it is removed. */
export type Change<Item extends Stored> = { id: number; after?: Item };

/** The records that a plan is checked against: a table, perhaps with changes not on disk yet. */
export type View<Item extends Stored> = {
  readonly lastId: number;
  get(id: number): Item | undefined;
  find(field: string, value: unknown): Item[];
};

/** What a collection asks of its records. */
export type PlanRules = { name: string; unique: readonly string[] };

// The stored record is compared, not the fields as they came: a date is stored as text, say.
export function planRecord<Item extends Stored>(
  { name, unique }: PlanRules,
  fields: FieldsOf<Item>,
  stored: Stored,
  seen: View<Item>,
): Change<Item> {
  checkCount(name, 'id', stored.id);
  checkCount(name, 'version', stored.version);
  const after: Item = recordOf(name, fields, stored);
  for (const field of unique) {
    const value = valueOf(after, field);
    if (value === undefined || value === null) continue;
    const isTaken = seen.find(field, value).some((other) => other.id !== after.id);
    if (isTaken) throw taken(field, value);
  }
  return { id: after.id, after };
}

export function taken(field: string, value: unknown): Conflict {
  const sentence = `The ${field} ${JSON.stringify(value)} is already taken.`;
  return new Conflict('taken', sentence);
}

export function checkVersion(record: Stored, version: number): void {
  if (record.version === version) return;
  throw new Conflict(
    'changed',
    `Somebody else has changed it: version ${version} was expected, ` +
    `and it is version ${record.version} by now.`,
  );
}
