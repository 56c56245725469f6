// Taught in lesson 17
// journal-reader: what does a journal hold, line by line?
//
//   {"sum":…,"journal":1,"after":0}                          the first line: is it this journal?
//   {"sum":…,"seq":1,…,"changes":[{"in":"menu",…}]}          onEntry({ in: 'menu', … })
//   {"sum":…,"seq":2,…,"changes":[{"in":"menu","removed":7}]}   onEntry({ in: 'menu', removed: 7 })
//   {"sum":…,"se                                             ──►  dropped: 12 bytes
//
// What it can't read is either torn, and dropped, or damaged, and refused: torn-tail.ts decides.

import { checkFormat, decodeLine, type LineContent } from './journal-line.ts';
import type { JournalPosition } from './journal-writer.ts';
import { afterLine, damaged, lineAt } from './line-at.ts';
import { isTornTail } from './torn-tail.ts';

/** One change of one record, as a line has it. */
export type Entry =
  | { in: string; record: { id: number; version: number } }
  | { in: string; removed: number };

type OnEntry = (entry: Entry) => void;

/** Which journal it must be, the number of the last line before it, and is it the last journal? */
export type Expected = { journal: number; after: number; isLast: boolean };

/** `dropped`: how many bytes at the end were torn. Only the last journal's can be. */
export type JournalContent = { end: JournalPosition; dropped: number };

export function readJournal(bytes: Buffer, expected: Expected, onEntry: OnEntry): JournalContent {
  checkHead(bytes, expected);
  const end = { seq: expected.after, batch: 0, size: afterLine(bytes, 0) };
  while (end.size < bytes.length) {
    const line = decodeLine(lineAt(bytes, end.size));
    if (!line) break;
    const problem = problemIn(line, end);
    if (problem) throw damaged(bytes, end.size, problem);
    for (const entry of line.changes as Entry[]) onEntry(entry);
    Object.assign(end, { seq: line.seq, batch: line.batch, size: afterLine(bytes, end.size) });
  }
  const isWhole = end.size === bytes.length;
  if (!isWhole && !(expected.isLast && isTornTail(bytes, end))) {
    throw damaged(bytes, end.size, 'its checksum does not match, but whole lines come after it');
  }
  return { end, dropped: bytes.length - end.size };
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

// The first line is never torn: makeJournal() swaps it in whole.
function checkHead(bytes: Buffer, { journal, after }: Expected): void {
  const head = decodeLine(lineAt(bytes, 0));
  if (!head) throw damaged(bytes, 0, 'its checksum does not match');
  checkFormat(head.format);
  const said = { journal: JSON.stringify(head.journal), after: JSON.stringify(head.after) };
  if (head.journal !== journal) {
    throw damaged(bytes, 0, `its "journal" must be ${journal}, but it is ${said.journal}`);
  }
  if (head.after !== after) {
    const wanted = `${after}, the last line before it`;
    throw damaged(bytes, 0, `its "after" must be ${wanted}, but it is ${said.after}`);
  }
}

// A power cut leaves no whole line in the wrong place. Somebody has edited this file.
function problemIn({ seq, batch, changes }: LineContent, end: JournalPosition): string | undefined {
  if (seq !== end.seq + 1) {
    return `its "seq" must be ${end.seq + 1}, but it is ${JSON.stringify(seq)}, ` +
      'so lines are missing or in the wrong order';
  }
  const fits = (batch === seq || batch === end.batch) && Array.isArray(changes);
  return fits ? undefined : 'its "batch" or its "changes" do not fit the line before it';
}
