// Law: the café grows. A lesson's server is the server of the lesson before, and a few lines more.
//
//   lessons/03-address/server.ts    const menu = [...items];
//                                   if (address.path === '/menu') return showMenu({ address });
//   lessons/04-router/server.ts     const menu = [...items];        ◄── kept
//                                   the `if` is gone                ◄── removed: at most 8 a step
//
// Counted are own lines, without imports and blank lines. A line that moved counts as removed.
import { ownLines } from './code.ts';
import { lessonFolders, type Files } from './files.ts';

type Step = { before: string; after: string; removed: number };

export function stepsAreSmall(files: Files): string[] {
  return stepsIn(files).filter(({ removed }) => removed > 8).map(({ before, after, removed }) =>
    `${after}: removes ${removed} lines of ${before}, but a step removes at most 8. ` +
    'Keep the lines that can stay, or let them shrink in an earlier lesson.');
}

export function theMiddleStepIsSmall(files: Files): string[] {
  const steps = stepsIn(files).sort((a, b) => b.removed - a.removed);
  const median = steps[Math.floor(steps.length / 2)]?.removed ?? 0;
  if (median <= 3) return [];
  const { after, removed } = steps[0]!;
  return [`${after}: half of the steps remove ${median} lines or more of the server before, ` +
    `but the median is at most 3. Keep more lines, here first: this step removes ${removed}.`];
}

function stepsIn(files: Files): Step[] {
  const servers = lessonFolders(files).map((folder) => `${folder}/server.ts`)
    .filter((path) => files.has(path));
  return servers.slice(1).map((after, index) => {
    const before = servers[index]!;
    return { before, after, removed: removedLines(files.get(before)!, files.get(after)!) };
  });
}

function removedLines(before: string, after: string): number {
  return ownLines(before).length - linesKept(ownLines(before), ownLines(after));
}

/** How many lines are in both, in the same order: the longest common subsequence. */
function linesKept(before: string[], after: string[]): number {
  let above = after.map(() => 0);
  for (const line of before) {
    const row: number[] = [];
    for (const [index, other] of after.entries()) {
      const kept = line === other ? (above[index - 1] ?? 0) + 1 : 0;
      row.push(Math.max(kept, above[index]!, row[index - 1] ?? 0));
    }
    above = row;
  }
  return above.at(-1) ?? 0;
}
