// Taught in lesson 17
// journal-reader: what does a journal hold, and is its end torn, or is it damaged?
//
//   344  batch 344  ✔
//   345  batch 345  ✘   half a line     nothing after it, or only lines of the batch that begins
//   346  batch 345  ✔                   with it: a torn tail. The power failed before its flush was
//                                       done, nobody was told that it is kept, and it is dropped.
//
//   345  batch 344  ✘                   a line of a later batch after it: 345 was flushed once, and
//   346  batch 346  ✔                   answered. That is damage, and nothing may be guessed.
//
// A disk may keep the second half of an unfinished flush and lose the first. Only the number of the
// batch tells that from damage.

import {
  afterLine, BEGIN, checkFormat, damaged, decodeLine, lineAt, type LineContent,
} from './journal-line.ts';

/** One change of one record, as it is written in a line. */
export type Entry =
  | { in: string; record: { id: number; version: number } }
  | { in: string; removed: number };

type OnEntry = (entry: Entry) => void;

/** `seq` and `batch` of the last line, and `size`: the bytes up to its end. */
export type JournalPosition = { seq: number; batch: number; size: number };

/** Which journal it must be, the number of the line before it, and is there no later journal? */
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
  if (end.size < bytes.length) checkTorn(bytes, end, expected.isLast);
  return { end, dropped: bytes.length - end.size };
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

// The first line is swapped in whole, before anything else is written: so it is never torn.
function checkHead(bytes: Buffer, { journal, after }: Expected): void {
  const head = decodeLine(lineAt(bytes, 0));
  if (!head) throw damaged(bytes, 0, 'it is not as it was written');
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

// A torn flush leaves no whole line in the wrong place: a person or a program has been here.
function problemIn({ seq, batch, changes }: LineContent, end: JournalPosition): string | undefined {
  if (seq !== end.seq + 1) {
    return `its "seq" must be ${end.seq + 1}, but it is ${JSON.stringify(seq)}, ` +
      'so lines are missing or stand in the wrong place';
  }
  const fits = (batch === seq || batch === end.batch) && Array.isArray(changes);
  return fits ? undefined : 'it does not go on where the line before it ends';
}

function checkTorn(bytes: Buffer, { seq, size }: JournalPosition, isLast: boolean): void {
  const later = wholeLinesAfter(bytes, size);
  const hasLaterBatch = later.some(({ batch }) => typeof batch !== 'number' || batch > seq + 1);
  if (isLast && !hasLaterBatch) return;
  throw damaged(bytes, size, 'it is not as it was written, and later ones are there');
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
