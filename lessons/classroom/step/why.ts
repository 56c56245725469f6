// Why: a lesson's step.md, which says in a sentence why each block of the step is there.
//
//   # Guests leave notes: `...noteBook()`
//   - `...accidents` leaves: the bugs were a demonstration.
//     ──►  { title: 'Guests leave notes: …',
//            reasons: [{ codes: ['...accidents'], text: '`...accidents` leaves: …' }] }
//
// A reason is printed above the first changed line that has its first piece of code.

import type { Line } from '../check/changes.ts';
import type { Growth } from './growth.ts';

/** `codes` are the pieces in backticks. */
export type Reason = { text: string; codes: string[] };
export type Why = { title: string; reasons: Reason[] };

export function readWhy(text: string): Why {
  const [first = '', ...rest] = text.trim().split(/\r?\n/);
  const items = rest.join('\n').split(/^- /m).slice(1);
  const reasons = items.map((item) => item.trim().replace(/\s*\n\s*/g, ' '));
  return {
    title: first.replace(/^#\s*/, ''),
    reasons: reasons.map((text) => ({ text, codes: codesIn(text) })),
  };
}

function codesIn(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
}

/** The reasons that begin at this changed line, in the order of step.md. */
export function reasonsAt(line: Line, growth: Growth, { reasons }: Why): Reason[] {
  return reasons.filter(({ codes }) => firstLineWith(codes[0], growth) === line);
}

/** Those that speak of an import, or of nothing that is shown. */
export function otherReasons(growth: Growth, { reasons }: Why): Reason[] {
  return reasons.filter(({ codes }) => firstLineWith(codes[0], growth) === undefined);
}

function firstLineWith(code: string | undefined, { blocks }: Growth): Line | undefined {
  if (code === undefined) return undefined;
  return blocks.flatMap(({ changed }) => changed).find(({ text }) => text.includes(code));
}
