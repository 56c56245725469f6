// Where the ways part: the last line of the learner's own that had a say in the answer.
//
//   line 16  const found = items.filter(…)
//   line 17  return text(404, …)   ◄── here: after it comes the lessons' code, and the answer
//
// What should have run instead, nobody can know: a program may be right in many ways, so it is not
// compared with another one. But every wrong answer went through this line with these values. If
// no answer came, it is the line that threw, or else the one that ran last. (A program that
// answered where none of its own lines ran was answered by a module: then it is the line there.)

import type { Recording, Step } from './recording.ts';
import type { Value } from './steps.ts';

export type Parting = {
  /** 'elsewhere': no line of the file ran, and this is the last one of somebody else's. */
  how: 'answered' | 'threw' | 'stopped' | 'elsewhere';
  step: Step;
  /** What is known there, by its names: what the call was given and what its lines have changed. */
  values: Value[];
  /** The error, when one was thrown at this line or in what it called. */
  threw: string | undefined;
};

/**
 * `file` as the recording names it; undefined when no line ran at all. `isAnswered` is for who
 * knows better: the guide answers where the program did not.
 */
export function findParting(
  { steps, answer }: Recording,
  file: string,
  isAnswered = answer !== undefined,
): Parting | undefined {
  const answered = steps.findIndex((step) => step.answers);
  const before = !isAnswered || answered < 0 ? steps : steps.slice(0, answered + 1);
  const own = before.findLastIndex((step) => step.file === file);
  const at = own < 0 ? lastElsewhere(before) : own;
  if (at < 0) return undefined;
  const step = startOf(before, at);
  const threw = before.slice(at).find((step) => step.threw !== undefined)?.threw;
  const ended = isAnswered ? 'answered' : noAnswer(threw);
  return { step, threw, how: own < 0 ? 'elsewhere' : ended, values: valuesAt(before, step) };
}

function noAnswer(threw: string | undefined): Parting['how'] {
  return threw === undefined ? 'stopped' : 'threw';
}

// Who writes the answer has no say in it, nor has who waits for it: it is who returned it.
function lastElsewhere(steps: Step[]): number {
  const isOther = (step: Step) => step.stage !== 'response' && !step.back;
  const returning = steps.findLastIndex((step) => isOther(step) && /\breturn\b/.test(step.source));
  return returning < 0 ? steps.findLastIndex(isOther) : returning;
}

// "return list.map(…)" runs what is written in its brackets last, and is one line all the same.
function startOf(steps: Step[], at: number): Step {
  const last = steps[at]!;
  const outer = steps.slice(0, at).findLast((step) => step.call === last.parent);
  return outer && isInside(last, outer) ? outer : last;
}

function isInside(inner: Step, outer: Step): boolean {
  if (inner.file !== outer.file || inner.name !== '') return false;
  return inner.line === outer.line || outer.source.startsWith('return ');
}

// What the call itself was given and has changed; and, of the functions around it and of those
// that ran beside it, what the line speaks of.
function valuesAt(steps: Step[], step: Step): Value[] {
  const before = steps.slice(0, steps.indexOf(step) + 1);
  const around = callsAround(before, step);
  const known = new Map<string, string>();
  for (const one of before) {
    const isOwn = one.call === step.call;
    const isNear = one.file === step.file && (around.has(one.call) || around.has(one.parent));
    const values = isOwn || isNear ? [...one.given ?? [], ...one.changed ?? []] : [];
    for (const [name, text] of values) {
      if (isOwn || speaksOf(step.source, name)) known.set(name, text);
    }
  }
  return [...known];
}

function callsAround(steps: Step[], { parent }: Step): Set<number> {
  const around = new Set<number>();
  let call = parent;
  while (call !== 0 && !around.has(call)) {
    around.add(call);
    call = steps.find((step) => step.call === call)?.parent ?? 0;
  }
  return around;
}

function speaksOf(source: string, name: string): boolean {
  return source.split(/[^\p{ID_Continue}$]+/u).includes(name);
}
