// A patch: a change to a program, written as a diff.
//
//   const found = items.find(isTea);          const found = items.find(isTea);
//   return text(200, show(found));       ──►  text(200, show(found));
//                     │
//      -return text(200, show(found));   what goes
//      +text(200, show(found));          what comes in its place
//
// A line that begins with a space stays. The old lines ("-" and " ") must be in the program exactly
// once, so that a patch can never land in another place. "@@" alone stands between two changes.

import { Advice } from '../advice.ts';

/** `at` says where the line is written: 'proof/mistakes.md, line 12'. */
export type PatchLine = { text: string; at: string };

/** Both are lines. Throws Advice where a change does not fit into the program called `name`. */
export function applyPatch(program: string[], patch: PatchLine[], name: string): string[] {
  const made: string[] = [];
  let next = 0; // the first line of the program that is not copied yet
  for (const hunk of hunksOf(patch)) {
    const start = findPlace(hunk, program, name);
    if (start < next) throw new Advice(sayOrder(hunk, name));
    made.push(...program.slice(next, start), ...newLines(hunk));
    next = start + oldLines(hunk).length;
  }
  return [...made, ...program.slice(next)];
}

/** The changes of a patch, one after the other. */
type Hunk = { lines: string[]; at: string };

function hunksOf(patch: PatchLine[]): Hunk[] {
  const hunks: Hunk[] = [{ lines: [], at: patch[0]?.at ?? '' }];
  for (const { text, at } of patch) {
    if (text.startsWith('@@')) hunks.push({ lines: [], at });
    else hunks.at(-1)!.lines.push(text);
  }
  return hunks;
}

function findPlace(hunk: Hunk, program: string[], name: string): number {
  const problem = formProblem(hunk.lines);
  if (problem !== undefined) throw new Advice(`${hunk.at}: ${problem}`);
  const old = oldLines(hunk);
  const places = placesOf(old, program);
  if (places.length === 1) return places[0]!;
  const sentence = places.length === 0
    ? sayMissing(old, program, name)
    : `the old lines of this change are in ${name} ${places.length} times. ` +
      'Add a line from above or below them.';
  throw new Advice(`${hunk.at}: ${sentence}`);
}

function formProblem(lines: string[]): string | undefined {
  const unsigned = lines.find((line) => !/^([-+ ]|$)/.test(line));
  if (unsigned !== undefined) {
    return `"${unsigned}" must begin with "-" (it goes), "+" (it comes) or a space (it stays).`;
  }
  if (!lines.some((line) => /^[-+]/.test(line))) {
    return 'this change changes nothing. Begin a line with "-" or "+", or take the change out.';
  }
  if (lines.every((line) => line.startsWith('+'))) {
    return 'this change has no old line to say where it belongs. ' +
      'Add the line above or below it, with a space before it.';
  }
  return undefined;
}

// Editors take a single space at a line's end away: an empty line is one that stays.
function oldLines({ lines }: Hunk): string[] {
  return lines.filter((line) => !line.startsWith('+')).map((line) => line.slice(1));
}

function newLines({ lines }: Hunk): string[] {
  return lines.filter((line) => !line.startsWith('-')).map((line) => line.slice(1));
}

function placesOf(part: string[], whole: string[]): number[] {
  const isAt = (start: number) => part.every((line, index) => whole[start + index] === line);
  return whole.flatMap((_line, start) => (isAt(start) ? [start] : []));
}

function sayMissing(old: string[], program: string[], name: string): string {
  const missing = old.find((line) => !program.includes(line));
  if (missing === undefined) {
    return `the old lines of this change are in ${name}, but not one after the other. ` +
      'Copy them from there, or write "@@" between two changes.';
  }
  return `the old line "${missing.trim()}" is not in ${name}. Copy it from there, with its spaces.`;
}

function sayOrder({ at }: Hunk, name: string): string {
  return `${at}: this change belongs above the one before it, or overlaps it. ` +
    `Write the changes in the order of ${name}.`;
}
