// Taught in lesson 18
// folder: the files of a database, by kind and number.
//
//   journal-7.jsonl  snapshot-7.jsonl  journal-8.jsonl  snapshot-8.jsonl  journal-9.jsonl
//     ──►  { snapshots: [7, 8], journals: [7, 8, 9] }
//
// Other files are ignored. A snapshot that is still being written is called snapshot-9.jsonl.new.
// After a crash it is useless, and the next start removes it.

import { readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from './journal-file.ts';

/** The number of a new folder's journal. */
export const FIRST = 1;

export function snapshotPath(folder: string, number: number): string {
  return join(folder, `snapshot-${number}.jsonl`);
}

export function journalPath(folder: string, number: number): string {
  return join(folder, `journal-${number}.jsonl`);
}

type Numbers = { snapshots: number[]; journals: number[] };

/** In rising order. */
export async function numbersIn(folder: string): Promise<Numbers> {
  const names = await readdir(folder);
  return {
    snapshots: numbersOf(names, /^snapshot-(\d+)\.jsonl$/),
    journals: numbersOf(names, /^journal-(\d+)\.jsonl$/),
  };
}

function numbersOf(names: string[], pattern: RegExp): number[] {
  const numbers = names.flatMap((name) => pattern.exec(name)?.[1] ?? []).map(Number);
  return numbers.sort((a, b) => a - b);
}

// Snapshots first: a journal without its snapshot is ignored, but a snapshot needs its journal.
export async function removeOlderThan(folder: string, number: number): Promise<void> {
  const { snapshots, journals } = await numbersIn(folder);
  const isOld = (one: number) => one < number;
  for (const old of snapshots.filter(isOld)) await unlink(snapshotPath(folder, old));
  for (const old of journals.filter(isOld)) await unlink(journalPath(folder, old));
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

/** Each crash can leave one, as large as the database. */
export async function removeHalfWritten(folder: string, report: Log): Promise<void> {
  try {
    const names = await readdir(folder);
    for (const name of names.filter(isHalfWritten)) await unlink(join(folder, name));
  } catch (error) {
    report(notRemoved(error as Error));
  }
}

function isHalfWritten(name: string): boolean {
  return /^(snapshot|journal)-\d+\.jsonl\.new$/.test(name);
}

export function notRemoved({ message }: Error): string {
  return `An old file could not be removed: ${message}.`;
}
