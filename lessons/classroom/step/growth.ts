// Growth: what a lesson's server.ts adds to the one before, in blocks.
//
//     { method: 'GET', pattern: '/menu/:id', handler: showItem },   ◄── before
//   -   ...accidents,                                               ◄── changed: lesson 06 had it
//   +   ...noteBook(),                                              ◄── changed: lesson 07 has it
//     ];                                                            ◄── after
//
// Imports and blank lines are not counted. A line that moved counts as removed and as added.

import { changes, type Line } from '../check/changes.ts';
import { importsIn, ownLines } from './own-lines.ts';

/** Changed lines without a gap, and the line above and below unless another block shows it. */
export type Block = { before: Line | undefined; changed: Line[]; after: Line | undefined };

export type Growth = {
  added: number;
  removed: number;
  /** What there is to read: changed lines, those next to them, and a row for the imports. */
  rows: number;
  blocks: Block[];
  imports: { added: string[]; removed: string[] };
};

export function compareServers(before: string, after: string): Growth {
  const lines = changes(ownLines(before).join('\n'), ownLines(after).join('\n'));
  const blocks = blocksOf(lines);
  const imports = compareImports(importsIn(before), importsIn(after));
  const count = (wanted: Line['mark']) => lines.filter(({ mark }) => mark === wanted).length;
  const importRows = imports.added.length + imports.removed.length > 0 ? 1 : 0;
  return {
    added: count('+'),
    removed: count('-'),
    rows: blocks.flatMap(rowsOf).length + importRows,
    blocks,
    imports,
  };
}

export function rowsOf({ before, changed, after }: Block): Line[] {
  return [before, ...changed, after].filter((line) => line !== undefined);
}

function blocksOf(lines: Line[]): Block[] {
  const blocks: Block[] = [];
  let shown = 0;
  for (let start = 0; start < lines.length; start += 1) {
    if (lines[start]!.mark === ' ') continue;
    const length = lines.slice(start).findIndex(({ mark }) => mark === ' ');
    const end = length === -1 ? lines.length : start + length;
    const before = start > shown ? lines[start - 1] : undefined;
    blocks.push({ before, changed: lines.slice(start, end), after: lines[end] });
    shown = end + 1;
    start = end;
  }
  return blocks;
}

function compareImports(before: string[], after: string[]): Growth['imports'] {
  return {
    added: after.filter((path) => !before.includes(path)),
    removed: before.filter((path) => !after.includes(path)),
  };
}
