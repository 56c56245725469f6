// Taught in lesson 18
// recovery: read the files of a folder to rebuild all records.
//
//   snapshot-7.jsonl  journal-7.jsonl      kept in case snapshot 8 is ever damaged
//   snapshot-8.jsonl                       everything up to line 345
//   journal-8.jsonl                        lines 346 to 360
//   journal-9.jsonl                        lines from 361 on: snapshot 9 was never finished
//     ──►  snapshot 8, then journal 8, then journal 9
//
// A damaged file is named and left as it is. Nothing is repaired by guessing.

import { readFile } from 'node:fs/promises';
import { orThrowUnusable } from './cannot-be-used.ts';
import { FIRST, journalPath, numbersIn, removeHalfWritten, snapshotPath } from './folder.ts';
import { makeJournal, openAtEnd, readJournalFile, type Log } from './journal-file.ts';
import type { JournalWriter } from './journal-writer.ts';
import type { LoadedTables } from './loaded.ts';
import { readSnapshot } from './snapshot-reader.ts';

/** The numbers of the newest files, and how many bytes that snapshot has. */
export type Newest = { journal: number; snapshot: number; snapshotSize: number };
export type Recovered = { newest: Newest; writer: JournalWriter; loaded: LoadedTables };

export async function recover(folder: string, report: Log): Promise<Recovered> {
  const { snapshots, journals } = await numbersIn(folder);
  const isNew = snapshots.length === 0 && journals.length === 0;
  if (isNew) await makeJournal(journalPath(folder, FIRST), FIRST, 0);
  const start = await loadSnapshot(folder, snapshots.at(-1));
  const journal = Math.max(start.snapshot, ...journals);
  const writer = await loadJournals(folder, start, journal, report);
  await removeHalfWritten(folder, report);
  const { snapshot, snapshotSize, loaded } = start;
  return { newest: { journal, snapshot, snapshotSize }, writer, loaded };
}

async function loadSnapshot(folder: string, number: number | undefined): Promise<Start> {
  if (number === undefined) return withoutSnapshot();
  const path = snapshotPath(folder, number);
  const bytes = await readFile(path);
  const read = () => readSnapshot(bytes, number);
  const { after, tables } = await orThrowUnusable(path, read, () => repairHint(folder, number));
  return { snapshot: number, snapshotSize: bytes.length, after, loaded: tables };
}

async function loadJournals(folder: string, start: Start, last: number, report: Log) {
  const { loaded } = start;
  let { after } = start;
  for (let journal = start.snapshot; journal < last; journal += 1) {
    const expected = { journal, after, isLast: false };
    const { end } = await readJournalFile(journalPath(folder, journal), expected, loaded, report);
    after = end.seq;
  }
  const path = journalPath(folder, last);
  const expected = { journal: last, after, isLast: true };
  return openAtEnd(path, await readJournalFile(path, expected, loaded, report));
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

/** `after`: the number of the last line that the snapshot covers. */
type Start = { snapshot: number; snapshotSize: number; after: number; loaded: LoadedTables };

function withoutSnapshot(): Start {
  return { snapshot: FIRST, snapshotSize: 0, after: 0, loaded: new Map() };
}

/** The way out of a damaged snapshot, if the files before it still have the same records. */
async function repairHint(folder: string, number: number): Promise<string> {
  const { snapshots, journals } = await numbersIn(folder);
  const before = snapshots.filter((one) => one < number).at(-1) ?? FIRST;
  if (!journals.includes(before)) return '';
  const hasSnapshot = snapshots.includes(before);
  const good = hasSnapshot ? `${snapshotPath(folder, before)} and the journals` : 'The journals';
  return `${good} from journal-${before}.jsonl on hold the same: ` +
    `move ${snapshotPath(folder, number)} away, and start again.`;
}
