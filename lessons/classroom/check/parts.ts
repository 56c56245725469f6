// The parts of an exercise: are they there and well formed, as far as can be seen without running?
//
//   no proof/solution.ts                       ──►  'proof/solution.ts must be there.'
//   a check that says T10, shown by nothing    ──►  'no wrong program shows T10. …'
//
// Each function returns the problem in a sentence; undefined: there is none. An exercise is the
// course's own where one of its codes is: one whose codes all begin with Z may do with less.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asIfIn, changes, countChanges } from './changes.ts';
import { readTask, type Exercise } from './exercises.ts';
import type { Check } from './format.ts';
import type { KnownMistake } from './gallery.ts';

export function isOwn(check: Check): boolean {
  return codesOf(check).some((code) => !code.startsWith('Z'));
}

export function mistakesOf(check: Check) {
  return check.steps.flatMap(({ mistakes = [] }) => mistakes);
}

function codesOf(check: Check): string[] {
  return mistakesOf(check).map(({ code }) => code).filter((code) => code !== 'todo');
}

// In two halves: a law forbids the whole word but in starters.
export const reminder = `${'TO'}${'DO'}`;

export function filesProblem({ folder }: Exercise, isOwn: boolean): string | undefined {
  const needed = ['starter.ts', 'proof/solution.ts', ...(isOwn ? ['task.md'] : [])];
  const lacking = needed.filter((name) => !existsSync(join(folder, name)));
  if (lacking.length > 0) return `${lacking.join(' and ')} must be there.`;
  const starter = readFileSync(join(folder, 'starter.ts'), 'utf8');
  const notes = starter.split(reminder).length - 1;
  return notes === 1 ? undefined : `starter.ts must have one ${reminder}, but it has ${notes}.`;
}

/** Are there enough programs of each kind? */
export function countProblem(rights: number, wrongs: number, isOwn: boolean): string | undefined {
  if (isOwn && rights < 3) {
    return `proof/right must hold at least 3 programs, but it holds ${rights}.`;
  }
  const fewest = isOwn ? 4 : 1;
  if (wrongs >= fewest) return undefined;
  const wanted = fewest === 1 ? '1 mistake' : `${fewest} mistakes`;
  return `proof/mistakes.md must hold at least ${wanted}, but it holds ${wrongs}.`;
}

export function codeProblem(check: Check): string | undefined {
  const names = new Map<string, string>();
  for (const { code, name } of mistakesOf(check)) {
    if (!/^([A-WYZ][A-Z]?\d{1,2}|todo)$/.test(code)) {
      return 'a code is one or two letters and a number, such as T3 or OR4 ' +
        `(X is the checker's own), but it was "${code}".`;
    }
    if (names.has(code) && names.get(code) !== name) {
      return `${code} has two names, "${names.get(code)}" and "${name}". One code is one mistake.`;
    }
    names.set(code, name);
  }
  if (names.has('todo')) return undefined;
  return 'no step knows the untouched starter: give one of its mistakes the code "todo".';
}

/** Is each code of the check shown by a mistake of the gallery? */
export function unshownProblem(check: Check, shown: KnownMistake[]): string | undefined {
  const unshown = codesOf(check).filter((code) => !shown.some((one) => one.code === code));
  if (unshown.length === 0) return undefined;
  const codes = [...new Set(unshown)].join(', ');
  return `no wrong program shows ${codes}. Write one for each, or take the mistake out.`;
}

export function distanceProblem(exercise: Exercise): string | undefined {
  const lines = countChanges(stepOf(exercise));
  if (lines >= 3 && lines <= 20) return undefined;
  return `from the starter to the solution are ${lines} changed lines; ` +
    'about ten are right (3 to 20).';
}

function stepOf({ folder, starter, solution }: Exercise) {
  const ours = asIfIn(folder, readFileSync(solution, 'utf8'), solution);
  return changes(readFileSync(starter, 'utf8'), ours);
}

export function hintProblem(exercise: Exercise): string | undefined {
  const { title, hints } = readTask(exercise);
  if (title === '') return 'task.md must begin with a title: # One page for each category';
  if (hints.length !== 4) {
    return `task.md must have four hints, "## Hint 1" to "## Hint 4", but it has ${hints.length}.`;
  }
  const added = stepOf(exercise)
    .filter(({ mark, text }) => mark === '+' && text.trim().length > 12)
    .map(({ text }) => text.trim());
  const told = (hint: string) => added.filter((line) => hint.includes(line)).length;
  const telling = hints.findIndex((hint) => told(hint) > added.length / 2);
  if (telling === -1) return undefined;
  return `hint ${telling + 1} holds most lines of the solution. ` +
    'Show the shape, and leave the words out.';
}
