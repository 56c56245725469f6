// Law: the café grows. A lesson's server is the server of the lesson before, and a few lines more.
//
//   lessons/03-address/server.ts    const menu = [...items];
//                                   if (address.path === '/menu') return showMenu({ address });
//   lessons/04-router/server.ts     const menu = [...items];        ◄── kept
//                                   the `if` is gone                ◄── removed: at most 8 a step
//
// Counted as `npm run step 4` does it: own lines, without imports and blank lines.
import type { Line } from '../../lessons/classroom/check/changes.ts';
import { compareServers, type Block, type Growth } from '../../lessons/classroom/step/growth.ts';
import { readWhy, reasonsAt, type Why } from '../../lessons/classroom/step/why.ts';
import { lessonFolders, type Files } from './files.ts';

type Step = { before: string; after: string; removed: number; growth: Growth };

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
    const growth = compareServers(files.get(before)!, files.get(after)!);
    return { before, after, removed: growth.removed, growth };
  });
}

// ── the reasons ──

/** What "npm run step 7" prints above the changed lines: lessons/07-body/step.md. */
export function stepsHaveReasons(files: Files): string[] {
  return stepsIn(files).flatMap(({ after, growth }) => {
    const path = after.replace('server.ts', 'step.md');
    const text = files.get(path);
    if (text === undefined) return [`${path} is missing: it says why each changed line is there.`];
    const why = readWhy(text);
    return [...wrongTitle(text, why), ...strayReasons(growth, why), ...silentBlocks(growth, why)]
      .map((sentence) => `${path}: ${sentence}`);
  });
}

function wrongTitle(text: string, { title }: Why): string[] {
  if (text.startsWith('# ') && title.length <= 50) return [];
  return ['must begin with "# " and what the step is, in at most 50 characters.'];
}

function strayReasons({ blocks, imports }: Growth, { reasons }: Why): string[] {
  const changed = blocks.flatMap((block) => block.changed.map(({ text }) => text));
  const shown = [...changed, ...imports.added, ...imports.removed];
  return reasons.filter(({ codes: [code] }) => !code || !shown.some((line) => line.includes(code)))
    .map(({ text }) => `no changed line has the code that this begins with: "${text}" ` +
      'Quote a piece of a line that the step adds or removes.');
}

function silentBlocks(growth: Growth, why: Why): string[] {
  return growth.blocks.flatMap((block) => {
    const codes = block.changed.flatMap((line) => reasonsAt(line, growth, why))
      .flatMap((reason) => reason.codes);
    return (['-', '+'] as const).flatMap((mark) => silent(linesWith(mark, block), codes));
  });
}

function linesWith(mark: Line['mark'], { changed }: Block): Line[] {
  return changed.filter((line) => line.mark === mark);
}

function silent(lines: Line[], codes: string[]): string[] {
  const [first] = lines;
  if (!first || lines.some(({ text }) => codes.some((code) => text.includes(code)))) return [];
  const what = first.mark === '+' ? 'adds' : 'removes';
  return [`the step ${what} "${first.text.trim()}", and no reason speaks of it. ` +
    'Write one that quotes a piece of that line.'];
}
