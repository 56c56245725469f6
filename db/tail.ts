// Taught in lesson 17
// tail: what does a journal hold, and is its end torn, or is it damaged?
//
//   344  batch 344  ✔
//   345  batch 345  ✘   half a line       nothing behind it, or only lines of the batch that begins
//   346  batch 345  ✔                     with it: a torn tail. The power failed before its flush was
//                                         done, nobody was told that it is kept, and it is dropped.
//
//   345  batch 344  ✘                     a line of a later batch behind it: 345 was flushed once, and
//   346  batch 346  ✔                     answered. That is damage, and nothing may be guessed.
//
// A disk may keep the second half of an unfinished flush and lose the first. Without the number of
// the batch that could not be told from damage.

import { UnusableFile } from '../lessons/11-json-file/unusable-file.ts';
import { BEGIN, unseal } from './line.ts';

/** One change of one record, as it stands in a line. */
export type Entry = { in: string; record: { id: number; version: number } } | { in: string; removed: number };

/** `seq` and `batch` of the last line, and `size`: the bytes up to its end. */
export type Place = { seq: number; batch: number; size: number };

/** Which journal it must be, the line that it must go on after, and whether there is no later one. */
export type Expected = { journal: number; after: number; isLast: boolean };

/** Calls `keep` for each line's changes. `dropped`: how many bytes behind the end were torn; only the last journal's can be. */
export function readJournal(bytes: Buffer, expected: Expected, keep: (changes: Entry[]) => void): { end: Place; dropped: number } {
  checkHead(bytes, expected);
  const end = { seq: expected.after, batch: 0, size: afterLine(bytes, 0) };
  let at = end.size;
  while (at < bytes.length) {
    const line = unseal(lineAt(bytes, at));
    if (!line) break;
    checkOrder(line, end, bytes, at);
    keep(line.changes as Entry[]);
    at = afterLine(bytes, at);
    Object.assign(end, { seq: line.seq, batch: line.batch, size: at });
  }
  if (end.size < bytes.length) checkTorn(bytes, end, expected.isLast);
  return { end, dropped: bytes.length - end.size };
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

/** The first line of a journal: which one it is, and the number of the last line before it. */
export function headOf(journal: number, after: number): string {
  return `"format":1,"journal":${journal},"after":${after}}`;
}

// It is swapped in whole, before anything else is written: so it is never torn.
function checkHead(bytes: Buffer, { journal, after }: Expected): void {
  const head = unseal(lineAt(bytes, 0));
  if (!head) throw damaged(bytes, 0, 'it is not as it was written');
  checkFormat(head.format);
  if (head.journal !== journal) throw damaged(bytes, 0, `its "journal" must be ${journal}, but it is ${JSON.stringify(head.journal)}`);
  if (head.after !== after) throw damaged(bytes, 0, `its "after" must be ${after}, the last line before it, but it is ${JSON.stringify(head.after)}`);
}

export function checkFormat(format: unknown): void {
  if (format !== 1) throw new UnusableFile(`its "format" must be 1, but it is ${JSON.stringify(format)}. Perhaps a newer version of the program has written it.`);
}

// A torn flush leaves no whole line in the wrong place: a person or a program has been here.
function checkOrder({ seq, batch, changes }: Record<string, unknown>, end: Place, bytes: Buffer, at: number): void {
  if (seq !== end.seq + 1) throw damaged(bytes, at, `its "seq" must be ${end.seq + 1}, but it is ${JSON.stringify(seq)}, so lines are missing or stand in the wrong place`);
  if ((batch !== seq && batch !== end.batch) || !Array.isArray(changes)) throw damaged(bytes, at, 'it does not go on where the line before it ends');
}

function checkTorn(bytes: Buffer, { seq, size }: Place, isLast: boolean): void {
  const isDamage = !isLast || wholeLinesBehind(bytes, size).some(({ batch }) => typeof batch !== 'number' || batch > seq + 1);
  if (isDamage) throw damaged(bytes, size, 'it is not as it was written, and later ones are there');
}

// Also in the middle of a line: where a line break was lost, the next line hides behind it.
function wholeLinesBehind(bytes: Buffer, from: number): Record<string, unknown>[] {
  const found = [];
  for (let at = bytes.indexOf(BEGIN, from); at !== -1; at = bytes.indexOf(BEGIN, at + 1)) {
    const line = unseal(lineAt(bytes, at));
    if (line) found.push(line);
  }
  return found;
}

export function damaged(bytes: Buffer, at: number, why: string): UnusableFile {
  const number = bytes.subarray(0, at).reduce((count, byte) => (byte === LINE_BREAK ? count + 1 : count), 1);
  return new UnusableFile(`line ${number} is damaged: ${why}.`);
}

export const LINE_BREAK = 10;

export function lineAt(bytes: Buffer, at: number): Buffer {
  const end = bytes.indexOf(LINE_BREAK, at);
  return bytes.subarray(at, end === -1 ? bytes.length : end);
}

/** An editor may have taken away the last line break: the line is whole without it. */
export function afterLine(bytes: Buffer, at: number): number {
  const end = bytes.indexOf(LINE_BREAK, at);
  return end === -1 ? bytes.length : end + 1;
}
