// Taught in lesson 18
// recovery: from the files of a folder to all records.
//
//   snapshot-7.jsonl  journal-7.jsonl      the one before, kept in case that the last one is damaged
//   snapshot-8.jsonl                       everything up to line 345
//   journal-8.jsonl                        lines 346 to 360
//   journal-9.jsonl                        lines from 361 on: snapshot 9 was not done yet
//     ──►  snapshot 8, then journal 8, then journal 9
//
// Nothing is repaired by guessing: what is damaged is left as it is, and named.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoadedTables } from './loaded.ts';
import { makeJournal, openAtEnd, orThrowUnusable, readJournalFile, type Report } from './journal-file.ts';
import { readSnapshot } from './snapshot-reader.ts';
import type { JournalWriter } from './journal-writer.ts';

export type Recovered = { journal: number; writer: JournalWriter; snapshot: number; snapshotSize: number; loaded: LoadedTables };

export const snapshotPath = (folder: string, number: number) => join(folder, `snapshot-${number}.jsonl`);
export const journalPath = (folder: string, number: number) => join(folder, `journal-${number}.jsonl`);

export async function recover(folder: string, report: Report): Promise<Recovered> {
  const { snapshots, journals } = await numbersIn(folder);
  const loaded: LoadedTables = new Map();
  const last = snapshots.at(-1);
  if (last === undefined && journals.length === 0) await makeJournal(journalPath(folder, FIRST), FIRST, 0);
  const { after, size } = last === undefined ? { after: 0, size: 0 } : await loadSnapshot(folder, last, loaded);
  const first = last ?? FIRST;
  const end = await loadJournals(folder, first, Math.max(first, ...journals), after, loaded, report);
  return { ...end, snapshot: first, snapshotSize: size, loaded };
}

async function loadSnapshot(folder: string, number: number, loaded: LoadedTables): Promise<{ after: number; size: number }> {
  const path = snapshotPath(folder, number);
  const bytes = await readFile(path);
  const { after, tables } = await orThrowUnusable(path, () => readSnapshot(bytes, number), () => repairHint(folder, number));
  for (const [name, table] of tables) loaded.set(name, table);
  return { after, size: bytes.length };
}

async function loadJournals(folder: string, first: number, last: number, after: number, loaded: LoadedTables, report: Report): Promise<{ journal: number; writer: JournalWriter }> {
  for (let journal = first, seq = after; ; journal += 1) {
    const path = journalPath(folder, journal);
    const read = await readJournalFile(path, { journal, after: seq, isLast: journal === last }, loaded, report);
    if (journal === last) return { journal, writer: await openAtEnd(path, read) };
    seq = read.end.seq;
  }
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

const FIRST = 1;

export async function numbersIn(folder: string): Promise<{ snapshots: number[]; journals: number[] }> {
  const names = await readdir(folder);
  const numbers = (pattern: RegExp) => names.flatMap((name) => pattern.exec(name)?.[1] ?? []).map(Number).sort((a, b) => a - b);
  return { snapshots: numbers(/^snapshot-(\d+)\.jsonl$/), journals: numbers(/^journal-(\d+)\.jsonl$/) };
}

async function repairHint(folder: string, number: number): Promise<string> {
  const { snapshots, journals } = await numbersIn(folder);
  const before = snapshots.filter((one) => one < number).at(-1) ?? FIRST;
  if (!journals.includes(before)) return '';
  const good = snapshots.includes(before) ? `${snapshotPath(folder, before)} and the journals` : 'The journals';
  return `${good} from journal-${before}.jsonl on hold the same: move ${snapshotPath(folder, number)} away, and start again.`;
}
