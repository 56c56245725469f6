// What a step looks like: a reason, and below it the lines that it speaks of.
//
//   → `...accidents` leaves: the bugs were a demonstration.
//       { method: 'GET', pattern: '/menu/:id', handler: showItem },
//   -   ...accidents,
//   +   ...noteBook(),
//     ];

import type { Line } from '../check/changes.ts';
import { paint } from '../paint.ts';
import { terminalColumns, wrapWords } from '../word-wrap.ts';
import type { Block, Growth } from './growth.ts';
import { countOf, type Step } from './steps.ts';
import { otherReasons, reasonsAt, type Reason } from './why.ts';

export function showStep(step: Step): string {
  const { lesson, before, growth, why } = step;
  const title = `Lesson ${lesson.number}, ${lesson.name}: server.ts since lesson ${before.number}`;
  return [
    paint('bold', `${title}, ${countOf(growth)}`),
    ...(why.title === '' ? [] : [why.title]),
    ...otherReasons(growth, why).flatMap(showReason),
    ...showImports(growth.imports),
    ...growth.blocks.flatMap((block) => showBlock(block, step)),
  ].join('\n');
}

function showBlock({ before, changed, after }: Block, { growth, why }: Step): string[] {
  const [first, ...others] = changed.map((line) => ({
    reasons: reasonsAt(line, growth, why).flatMap(showReason),
    row: showLine(line),
  }));
  if (first === undefined) return [];
  return [
    ...(first.reasons.length === 0 ? [paint('dim', '  …')] : first.reasons),
    ...(before ? [showLine(before)] : []),
    first.row,
    ...others.flatMap(({ reasons, row }) => [...reasons, row]),
    ...(after ? [showLine(after)] : []),
  ];
}

function showReason({ text }: Reason): string[] {
  return wrapWords(text, '→ ', '  ');
}

function showLine({ mark, text }: Line): string {
  if (mark === ' ') return paint('dim', `  ${text}`);
  return paint(mark === '+' ? 'green' : 'red', `${mark} ${text}`);
}

// One row, however many there are.
function showImports({ added, removed }: Growth['imports']): string[] {
  const names = [...added.map((path) => `+ ${path}`), ...removed.map((path) => `- ${path}`)];
  if (names.length === 0) return [];
  const row = fit('  … imports: ', names, terminalColumns());
  return [paint('dim', row)];
}

function fit(start: string, names: string[], width: number): string {
  const all = start + names.join(', ');
  if (all.length <= width) return all;
  for (let shown = names.length - 1; ; shown -= 1) {
    const more = `${names.slice(0, shown).join(', ')} and ${names.length - shown} more`;
    if (shown === 1 || start.length + more.length <= width) return start + more;
  }
}

/** The table of growth for a terminal. */
export function showSteps(steps: Step[]): string {
  const names = steps.map(({ lesson }) => `${lesson.id} ${lesson.name}`);
  const width = Math.max(0, ...names.map((name) => name.length));
  const lines = steps.map(({ growth, why }, index) => {
    const start = `  ${names[index]!.padEnd(width)}  ${countOf(growth).padEnd(7)}`;
    return `${start} ${String(growth.rows).padStart(4)}  ${why.title}`.trimEnd();
  });
  return [
    paint('bold', 'How server.ts grows: lines that each lesson adds and removes'), '',
    `  ${'step'.padEnd(width)}  ${'lines'.padEnd(7)} rows`, ...lines, '',
    `See one: npm run step ${steps[0]?.lesson.number ?? 2}`,
  ].join('\n');
}

/** The same table for lessons/README.md. */
export function tableOfGrowth(steps: Step[]): string[] {
  const rows = steps.map(({ lesson: { id, name }, growth, why }) =>
    `| [${id} ${name}](${id}-${name}/step.md) | ${countOf(growth)} | ${growth.rows} ` +
    `| ${why.title} |`);
  const heading = '| Step | Lines | Rows to read | What changes in `server.ts` |';
  return [heading, '|---|---|---|---|', ...rows];
}
