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

import { open, readdir, readFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Stored } from '../lessons/09-logic/storage.ts';
import { deepFreeze } from '../lessons/09-logic/table.ts';
import { UnusableFile } from '../lessons/11-json-file/format.ts';
import { flushFolder, replace } from '../lessons/11-json-file/swap.ts';
import { seal } from './line.ts';
import { readSnapshot, writePieces } from './snapshot.ts';
import { headOf, LINE_BREAK, readJournal, type Entry, type Place } from './tail.ts';

/** What is kept of a collection that nobody has asked for yet. */
export type Found = { lastId: number; records: Map<number, Stored> };

export type Recovered = { journal: number; file: FileHandle; end: Place; snapshot: number; snapshotSize: number; found: Map<string, Found> };

export type Report = (sentence: string) => void;

export const snapshotPath = (folder: string, number: number) => join(folder, `snapshot-${number}.jsonl`);
export const journalPath = (folder: string, number: number) => join(folder, `journal-${number}.jsonl`);

export async function recover(folder: string, report: Report): Promise<Recovered> {
  const { snapshots, journals } = await numbersIn(folder);
  const found = new Map<string, Found>();
  const last = snapshots.at(-1);
  if (last === undefined && journals.length === 0) return begin(folder);
  const { after, size } = last === undefined ? { after: 0, size: 0 } : await loadSnapshot(folder, last, found);
  const first = last ?? FIRST;
  const end = await loadJournals(folder, first, Math.max(first, ...journals), after, found, report);
  return { ...end, snapshot: first, snapshotSize: size, found };
}

async function loadSnapshot(folder: string, number: number, found: Map<string, Found>): Promise<{ after: number; size: number }> {
  const path = snapshotPath(folder, number);
  const bytes = await readFile(path);
  const { after, collections } = await orRefuse(path, () => readSnapshot(bytes, number), () => wayOut(folder, number));
  for (const { name, lastId, records } of collections) {
    found.set(name, { lastId, records: new Map(records.map((record) => [record.id, deepFreeze(record)])) });
  }
  return { after, size: bytes.length };
}

async function loadJournals(folder: string, first: number, last: number, after: number, found: Map<string, Found>, report: Report): Promise<{ journal: number; file: FileHandle; end: Place }> {
  for (let journal = first, seq = after; ; journal += 1) {
    const path = journalPath(folder, journal);
    const bytes = await readBytes(path);
    const { end, dropped } = await orRefuse(path, () => readJournal(bytes, { journal, after: seq, isLast: journal === last }, (changes) => changes.forEach((entry) => enter(found, entry))));
    if (dropped > 0) report(`${path}: its last ${dropped} bytes were not written to their end, as after a power cut, and are dropped. Nobody was told that they are kept.`);
    if (journal === last) return { journal, ...await openEnd(path, bytes, end) };
    seq = end.seq;
  }
}

function enter(found: Map<string, Found>, entry: Entry): void {
  const kept = found.get(entry.in) ?? { lastId: 0, records: new Map() };
  found.set(entry.in, kept);
  if ('removed' in entry) kept.records.delete(entry.removed);
  else kept.records.set(entry.record.id, deepFreeze(entry.record));
  kept.lastId = Math.max(kept.lastId, 'removed' in entry ? entry.removed : entry.record.id);
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

// What is read here may still be on its way to the disk, when only the program was killed: so it is
// flushed before anybody is told of it. Half a line must go before the next one is written.
async function openEnd(path: string, bytes: Buffer, end: Place): Promise<{ file: FileHandle; end: Place }> {
  const file = await openJournal(path);
  try {
    if (end.size < bytes.length) await file.truncate(end.size);
    const isOpen = bytes[end.size - 1] !== LINE_BREAK;
    if (isOpen) await file.write('\n', end.size);
    await file.datasync();
    return { file, end: { ...end, size: isOpen ? end.size + 1 : end.size } };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** A new, empty journal is swapped in, so that its first line is never half there. */
export function prepareJournal(path: string, number: number, after: number): Promise<number> {
  return writePieces(`${path}.new`, [seal(headOf(number, after))]);
}

export function openJournal(path: string): Promise<FileHandle> {
  return open(path, 'r+');
}

const FIRST = 1;

async function begin(folder: string): Promise<Recovered> {
  const path = journalPath(folder, FIRST);
  const size = await prepareJournal(path, FIRST, 0);
  await replace(path, `${path}.new`);
  await flushFolder(folder);
  const end = { seq: 0, batch: 0, size };
  return { journal: FIRST, file: await openJournal(path), end, snapshot: FIRST, snapshotSize: 0, found: new Map() };
}

export async function numbersIn(folder: string): Promise<{ snapshots: number[]; journals: number[] }> {
  const names = await readdir(folder);
  const numbers = (pattern: RegExp) => names.flatMap((name) => pattern.exec(name)?.[1] ?? []).map(Number).sort((a, b) => a - b);
  return { snapshots: numbers(/^snapshot-(\d+)\.jsonl$/), journals: numbers(/^journal-(\d+)\.jsonl$/) };
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw unusable(path, 'it is missing, and the other files in the folder need it.');
  }
}

async function orRefuse<Result>(path: string, read: () => Result, moreToDo = async () => ''): Promise<Result> {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnusableFile) throw unusable(path, error.message, await moreToDo());
    throw error;
  }
}

function unusable(path: string, problem: string, moreToDo = ''): UnusableFile {
  return new UnusableFile(`${path} cannot be used: ${problem} Nothing in the folder was changed. ${moreToDo || 'Put a good copy of it back, or move the whole folder away to begin anew.'}`);
}

async function wayOut(folder: string, number: number): Promise<string> {
  const { snapshots, journals } = await numbersIn(folder);
  const before = snapshots.filter((one) => one < number).at(-1) ?? FIRST;
  if (!journals.includes(before)) return '';
  const good = snapshots.includes(before) ? `${snapshotPath(folder, before)} and the journals` : 'The journals';
  return `${good} from journal-${before}.jsonl on hold the same: move ${snapshotPath(folder, number)} away, and start again.`;
}
