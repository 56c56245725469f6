// Taught in lesson 17
// loaded: the records that the files hold, rebuilt change by change.
//
//   {"in":"menu","record":{"id":23,…}}   ──►  menu → 1 … 22, 23
//   {"in":"menu","removed":7}            ──►  menu → 1 … 6, 8 … 23
//
// A file has names and records, but does not say which fields are unique or have an index. See
// collections.ts for that.

import type { Stored } from '../lessons/09-logic/storage.ts';
import { deepFreeze } from '../lessons/09-logic/frozen.ts';
import { Table } from '../lessons/09-logic/table.ts';
import type { Entry } from './journal-reader.ts';

export type LoadedTables = Map<string, Table<Stored>>;

export function applyEntry(loaded: LoadedTables, entry: Entry): void {
  const table = loaded.get(entry.in) ?? new Table<Stored>(entry.in);
  loaded.set(entry.in, table);
  if ('removed' in entry) table.apply({ id: entry.removed });
  else table.apply({ id: entry.record.id, after: deepFreeze(entry.record) });
}
