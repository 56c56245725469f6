// The difference between two programs, line by line.
//
//   mine:  const a = 1;      ──►  '  const a = 1;'
//          send(a);               '- send(a);'
//   ours:  const a = 1;           '+ return send(a);'
//          return send(a);
//
// The same file is imported by another path from another folder: paths are made equal first.

import { dirname, join, relative } from 'node:path';

export type Line = { mark: ' ' | '-' | '+'; text: string };

export function changes(mine: string, ours: string): Line[] {
  const [a, b] = [splitLines(mine), splitLines(ours)];
  const common = commonLengths(a, b);
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const isMine = j === b.length || (i < a.length && common[i + 1]![j]! >= common[i]![j + 1]!);
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ mark: ' ', text: a[i]! });
      i++;
      j++;
    } else if (isMine) lines.push({ mark: '-', text: a[i++]! });
    else lines.push({ mark: '+', text: b[j++]! });
  }
  return lines;
}

/** How many lines one has to write or take away. */
export function countChanges(lines: Line[]): number {
  const written = lines.filter(({ text }) => text.trim() !== '');
  const count = (wanted: Line['mark']) => written.filter(({ mark }) => mark === wanted).length;
  return Math.max(count('+'), count('-'));
}

/** The text as it would stand in another folder: its imports lead to the same files. */
export function asIfIn(folder: string, text: string, file: string): string {
  return text.replace(imported, (_all, start: string, path: string, end: string) => {
    const to = relative(folder, join(dirname(file), path)).replaceAll('\\', '/');
    return `${start}${to.startsWith('.') ? to : `./${to}`}${end}`;
  });
}

const imported = /((?:from|import)\s*\(?\s*['"])(\.[^'"]*)(['"])/g;

/** Only the lines near a change; undefined stands for lines left out. */
export function nearChanges(lines: Line[], around = 2): (Line | undefined)[] {
  const isNear = (index: number) => {
    const nearby = lines.slice(Math.max(0, index - around), index + around + 1);
    return nearby.some(({ mark }) => mark !== ' ');
  };
  return lines.flatMap((line, index) => {
    if (isNear(index)) return [line];
    return index > 0 && isNear(index - 1) ? [undefined] : [];
  });
}

function splitLines(text: string): string[] {
  return text.trimEnd().split(/\r?\n/);
}

// common[i][j]: how many lines a from i on and b from j on have in common, in the same order.
function commonLengths(a: string[], b: string[]): number[][] {
  const none = () => new Array<number>(b.length + 1).fill(0);
  const common = Array.from({ length: a.length + 1 }, none);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      common[i]![j] = a[i] === b[j]
        ? common[i + 1]![j + 1]! + 1
        : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
    }
  }
  return common;
}
