// Taught in lesson 17
// torn-tail: a line can't be read. Is the end of the journal torn, or is the journal damaged?
//
//   344  batch 344  ✔
//   345  batch 345  ✘   half a line     nothing after it, or only lines of the batch that begins
//   346  batch 345  ✔                   with it: a torn tail. The power failed before its flush was
//                                       done, and no answer has promised it. It is dropped.
//
//   345  batch 344  ✘                   a line of a later batch after it: 345 was flushed once, and
//   346  batch 346  ✔                   answered. That is damage, and guessing is forbidden.
//
// A disk may keep the second half of an unfinished flush and lose the first. Only the number of the
// batch tells that from damage.

import { BEGIN, decodeLine, type LineContent } from './journal-line.ts';
import type { JournalPosition } from './journal-writer.ts';
import { lineAt } from './line-at.ts';

/** `end`: the end of the last line that could be read. */
export function isTornTail(bytes: Buffer, { seq, size }: JournalPosition): boolean {
  const later = wholeLinesAfter(bytes, size);
  return !later.some(({ batch }) => typeof batch !== 'number' || batch > seq + 1);
}

// Also in the middle of a line: where a line break was lost, the next line begins there.
function wholeLinesAfter(bytes: Buffer, from: number): LineContent[] {
  const whole = [];
  for (let at = bytes.indexOf(BEGIN, from); at !== -1; at = bytes.indexOf(BEGIN, at + 1)) {
    const line = decodeLine(lineAt(bytes, at));
    if (line) whole.push(line);
  }
  return whole;
}
