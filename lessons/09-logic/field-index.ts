// Lesson 09 · field-index: from a value to the records that have it.
//
//   'coffee'  ──►  Set { 1, 2, 7 }    many records: the set of their ids
//   'tea'     ──►  9                  one record: its id
//
// Without an index, a search looks at every record. With one, it looks only at the right ones, but
// each change has to update the index too. Lesson 18 comes back to it.

import type { Stored } from './storage.ts';

/** Most values belong to one record, and one id alone takes a fifth of the memory of a set. */
export type FieldIndex = Map<unknown, number | Set<number>>;

export function addTo(index: FieldIndex, value: unknown, id: number): void {
  const ids = index.get(value);
  if (ids === undefined) index.set(value, id);
  else if (typeof ids === 'number') index.set(value, new Set([ids, id]));
  else ids.add(id);
}

export function removeFrom(index: FieldIndex, value: unknown, id: number): void {
  const ids = index.get(value);
  if (typeof ids === 'object') ids.delete(id);
  if (ids === id || (typeof ids === 'object' && ids.size === 0)) index.delete(value);
}

/** Undefined for a field that the record does not have, even if all objects inherit that name. */
export function valueOf(record: Stored, field: string): unknown {
  if (!Object.hasOwn(record, field)) return undefined;
  return (record as unknown as Record<string, unknown>)[field];
}
