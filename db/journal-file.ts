// Taught in lesson 17
// journal-file: make a journal, read it again, and continue where it ends.
//
//   makeJournal        journal-1.jsonl    with its first line
//   readJournalFile    344 345 half-346   344 and 345 go into `loaded`, and half-346 is reported
//   openAtEnd          344 345            half-346 is cut off, and the next line goes there

import { open, readFile, type FileHandle } from 'node:fs/promises';
import { swapIn } from '../lessons/11-json-file/swap.ts';
import { cannotBeUsed, orThrowUnusable } from './cannot-be-used.ts';
import { headLine } from './journal-line.ts';
import { readJournal, type Expected } from './journal-reader.ts';
import { JournalWriter, type JournalPosition } from './journal-writer.ts';
import { LINE_BREAK } from './line-at.ts';
import { applyEntry, type LoadedTables } from './loaded.ts';

export type Log = (sentence: string) => void;

/** The bytes of a journal, and where its last whole line ends. */
export type JournalBytes = { bytes: Buffer; end: JournalPosition };

/** Swapped in whole, so that its first line is never half there. */
export function makeJournal(path: string, journal: number, after: number): Promise<void> {
  return swapIn(path, headLine(journal, after));
}

/** The records are put into `loaded`. */
export async function readJournalFile(
  path: string,
  expected: Expected,
  loaded: LoadedTables,
  report: Log,
): Promise<JournalBytes> {
  const bytes = await readBytes(path);
  const read = () => readJournal(bytes, expected, (entry) => applyEntry(loaded, entry));
  const { end, dropped } = await orThrowUnusable(path, read);
  if (dropped > 0) report(tornTail(path, dropped));
  return { bytes, end };
}

// If only the program was killed, whole lines may still be on their way to the disk. So flush them
// before the first answer shows them. Half a line must go before the next one is written.
export async function openAtEnd(path: string, read: JournalBytes): Promise<JournalWriter> {
  const { bytes, end } = read;
  const file = await openJournal(path);
  try {
    if (end.size < bytes.length) await file.truncate(end.size);
    const needsBreak = bytes[end.size - 1] !== LINE_BREAK;
    if (needsBreak) await file.write('\n', end.size);
    await file.datasync();
    return new JournalWriter(file, { ...end, size: needsBreak ? end.size + 1 : end.size });
  } catch (error) {
    await file.close();
    throw error;
  }
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

export function openJournal(path: string): Promise<FileHandle> {
  return open(path, 'r+');
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw cannotBeUsed(path, 'it is missing, but the other files in the folder need it.');
  }
}

function tornTail(path: string, dropped: number): string {
  return `${path}: its last ${dropped} bytes are half a line, ` +
    'as after a power cut, so they are dropped. ' +
    'They belong to a change that was never confirmed.';
}
