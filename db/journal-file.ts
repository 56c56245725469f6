// Taught in lesson 17
// journal-file: a journal is made, and read again, and continued where it ends.
//
//   journal-1.jsonl, not there         ──►  made, with its first line
//   journal-1.jsonl, 344 345 half-346  ──►  344 and 345 are read, the half line is cut off, with
//                                           a report, and the next line goes there
//
// Nothing is repaired by guessing: a damaged file is left as it is, and named.

import { open, readFile, type FileHandle } from 'node:fs/promises';
import { UnusableFile } from '../lessons/11-json-file/unusable-file.ts';
import { swapIn } from '../lessons/11-json-file/swap.ts';
import { headLine, LINE_BREAK } from './journal-line.ts';
import { readJournal, type Expected, type JournalPosition } from './journal-reader.ts';
import { JournalWriter } from './journal-writer.ts';
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

// If only the program was killed, the lines may still be on their way to the disk. So they are
// flushed before anybody is told of them. Half a line must go before the next one is written.
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
    throw cannotBeUsed(path, 'it is missing, and the other files in the folder need it.');
  }
}

/** `repairHint`: a better way out than the usual one, if there is any. */
export async function orThrowUnusable<Result>(
  path: string,
  read: () => Result,
  repairHint = async () => '',
): Promise<Result> {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UnusableFile)) throw error;
    throw cannotBeUsed(path, error.message, await repairHint());
  }
}

function cannotBeUsed(path: string, problem: string, repairHint = ''): UnusableFile {
  const usual = 'Put a good copy of it back, or move the whole folder away to begin anew.';
  return new UnusableFile(
    `${path} cannot be used: ${problem} Nothing in the folder was changed. ${repairHint || usual}`,
  );
}

function tornTail(path: string, dropped: number): string {
  return `${path}: its last ${dropped} bytes were not written to their end, ` +
    'as after a power cut, and are dropped. ' +
    'Before a change is written to its end, nobody is told that it is kept.';
}
