// Taught in lesson 17
// journal-file: a journal is made, and read again, and gone on with where it ends.
//
//   journal-1.jsonl, not there         ──►  made, with its first line
//   journal-1.jsonl, 344 345 half-346  ──►  344 and 345 are read, the half line is cut off and told
//     ──►  { file, end: { seq: 345, … } }   the next line goes there
//
// Nothing is repaired by guessing: what is damaged is left as it is, and named.

import { open, readFile, type FileHandle } from 'node:fs/promises';
import { UnusableFile } from '../lessons/11-json-file/unusable-file.ts';
import { swapIn } from '../lessons/11-json-file/swap.ts';
import { seal } from './line.ts';
import { headOf, LINE_BREAK, readJournal, type Entry, type Expected, type Place } from './tail.ts';

export type Report = (sentence: string) => void;

/** The bytes of a journal, and where its last whole line ends. */
export type Read = { bytes: Buffer; end: Place };

/** Swapped in whole, so that its first line is never half there. */
export function makeJournal(path: string, journal: number, after: number): Promise<void> {
  return swapIn(path, seal(headOf(journal, after)));
}

export async function readJournalFile(path: string, expected: Expected, keep: (entry: Entry) => void, report: Report): Promise<Read> {
  const bytes = await readBytes(path);
  const { end, dropped } = await orRefuse(path, () => readJournal(bytes, expected, (changes) => changes.forEach(keep)));
  if (dropped > 0) report(`${path}: its last ${dropped} bytes were not written to their end, as after a power cut, and are dropped. Before a change is written to its end, nobody is told that it is kept.`);
  return { bytes, end };
}

// What was read may still be on its way to the disk, when only the program was killed: so it is
// flushed before anybody is told of it. Half a line must go before the next one is written.
export async function openAtEnd(path: string, { bytes, end }: Read): Promise<{ file: FileHandle; end: Place }> {
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

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

export function openJournal(path: string): Promise<FileHandle> {
  return open(path, 'r+');
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw refusal(path, 'it is missing, and the other files in the folder need it.');
  }
}

/** `moreToDo`: a better way out than the usual one, if there is any. */
export async function orRefuse<Result>(path: string, read: () => Result, moreToDo = async () => ''): Promise<Result> {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnusableFile) throw refusal(path, error.message, await moreToDo());
    throw error;
  }
}

function refusal(path: string, problem: string, moreToDo = ''): UnusableFile {
  return new UnusableFile(`${path} cannot be used: ${problem} Nothing in the folder was changed. ${moreToDo || 'Put a good copy of it back, or move the whole folder away to begin anew.'}`);
}
