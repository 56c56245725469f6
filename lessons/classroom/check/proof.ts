// The proof of an exercise: right programs pass, and each wrong one is told its own sentence.
//
//   proof/wrong/missing-return.ts begins '// T3 missing return'  ──►  the check must say T3, and that sentence
//
// Run by `npm run check 4 categories proof` and by the tests, so an author and the tests see the same.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asIfIn, changes, countChanges } from './changes.ts';
import { guided } from '../guide/attach.ts';
import { checkProgram } from './check.ts';
import { loadCheck, readTask, type Exercise } from './exercises.ts';
import type { Check } from './format.ts';
import { hearing } from './look.ts';
import { keepSpares, type Spares } from './spare.ts';
import type { Checked, Verdict } from './verdict.ts';

/** A problem in a sentence; undefined: this holds. */
export type Claim = { name: string; problem(): Promise<string | undefined> };

type Told = { code: string; name: string; says: string };

/** `listeners` have the guide in them: it must be silent where nothing is wrong. */
export async function claimsOf(exercise: Exercise, spares: Spares, root: string, listeners = keepSpares(0, guided)): Promise<Claim[]> {
  const check = await loadCheck(exercise);
  const isOwn = codesOf(check).some((code) => !code.startsWith('Z'));
  const rights = programsIn(exercise, 'right');
  const wrongs = programsIn(exercise, 'wrong');
  const run = (file: string) => checkProgram({ file, check, spares, root });
  return [
    { name: 'the files are there', problem: async () => missing(exercise, isOwn, rights.length, wrongs.length) },
    { name: 'the check is well formed', problem: async () => codeProblem(check, wrongs, isOwn) },
    { name: 'the starter is near the solution', problem: async () => distance(exercise) },
    { name: 'task.md helps and does not tell', problem: async () => (isOwn ? hintProblem(exercise) : undefined) },
    { name: 'an empty file fails', problem: () => withEmptyFile(async (file) => expectFailure(await run(file), { code: 'X1' })) },
    { name: 'starter.ts fails', problem: async () => expectFailure(await run(exercise.starter), { code: 'todo' }) },
    { name: 'proof/solution.ts passes', problem: async () => expectPass(await run(exercise.solution)) },
    ...rights.map((file) => ({ name: `proof/right/${nameOf(file)} passes`, problem: async () => expectPass(await run(file)) })),
    ...[exercise.solution, ...rights].map((file) => ({ name: `the guide says nothing of ${nameOf(file)}`, problem: () => guideProblem({ file, check, spares: listeners, root }) })),
    ...wrongs.map((file) => ({ name: `proof/wrong/${nameOf(file)} fails with its sentence`, problem: async () => refuteWrong(file, run) })),
  ];
}

function programsIn({ folder }: Exercise, kind: string): string[] {
  const at = join(folder, 'proof', kind);
  return existsSync(at) ? readdirSync(at).filter((name) => name.endsWith('.ts')).sort().map((name) => join(at, name)) : [];
}

function nameOf(file: string): string {
  return file.split(/[\\/]/).at(-1)!;
}

// In two halves: a law forbids the whole word but in starters.
const reminder = `${'TO'}${'DO'}`;

function missing({ folder }: Exercise, isOwn: boolean, rights: number, wrongs: number): string | undefined {
  const needed = ['starter.ts', 'proof/solution.ts', ...(isOwn ? ['task.md'] : [])];
  const lacking = needed.filter((name) => !existsSync(join(folder, name)));
  if (lacking.length > 0) return `${lacking.join(' and ')} must be there.`;
  const notes = readFileSync(join(folder, 'starter.ts'), 'utf8').split(reminder).length - 1;
  if (notes !== 1) return `starter.ts must have one ${reminder}, but it has ${notes}.`;
  if (isOwn && rights < 3) return `proof/right must hold at least 3 programs, but it holds ${rights}.`;
  const fewest = isOwn ? 4 : 1;
  return wrongs < fewest ? `proof/wrong must hold at least ${fewest} programs, but it holds ${wrongs}.` : undefined;
}

function mistakesOf(check: Check) {
  return check.steps.flatMap(({ mistakes = [] }) => mistakes);
}

function codesOf(check: Check): string[] {
  return mistakesOf(check).map(({ code }) => code).filter((code) => code !== 'todo');
}

/** The name of each code in this check, for a comparison with the other exercises. */
export async function namesOf(exercise: Exercise): Promise<Map<string, string>> {
  return new Map(mistakesOf(await loadCheck(exercise)).filter(({ code }) => !/^(todo|Z)/.test(code)).map(({ code, name }) => [code, name]));
}

function codeProblem(check: Check, wrongs: string[], isOwn: boolean): string | undefined {
  const names = new Map<string, string>();
  for (const { code, name } of mistakesOf(check)) {
    if (!/^([A-WYZ]\d{1,2}|todo)$/.test(code)) return `a code is a letter and a number, such as T3 (X is the checker's own), but it was "${code}".`;
    if (names.has(code) && names.get(code) !== name) return `${code} has two names, "${names.get(code)}" and "${name}". One code is one mistake.`;
    names.set(code, name);
  }
  if (!names.has('todo')) return 'no step knows the untouched starter: give one of its mistakes the code "todo".';
  const proved = new Set(wrongs.map((file) => readComment(readFileSync(file, 'utf8'))?.code));
  const unproved = [...names.keys()].filter((code) => code !== 'todo' && !proved.has(code));
  return isOwn && unproved.length > 0 ? `no wrong program shows ${unproved.join(', ')}. Write one for each, or take the mistake out.` : undefined;
}

function distance(exercise: Exercise): string | undefined {
  const lines = countChanges(stepOf(exercise));
  return lines >= 3 && lines <= 20 ? undefined : `from the starter to the solution are ${lines} changed lines; about ten are right (3 to 20).`;
}

function stepOf({ folder, starter, solution }: Exercise) {
  return changes(readFileSync(starter, 'utf8'), asIfIn(folder, readFileSync(solution, 'utf8'), solution));
}

function hintProblem(exercise: Exercise): string | undefined {
  const { title, hints } = readTask(exercise);
  if (title === '') return 'task.md must begin with a title: # One page for each category';
  if (hints.length !== 4) return `task.md must have four hints, "## Hint 1" to "## Hint 4", but it has ${hints.length}.`;
  const added = stepOf(exercise).filter(({ mark, text }) => mark === '+' && text.trim().length > 12).map(({ text }) => text.trim());
  const telling = hints.findIndex((hint) => added.filter((line) => hint.includes(line)).length > added.length / 2);
  return telling === -1 ? undefined : `hint ${telling + 1} holds most lines of the solution. Show the shape, and leave the words out.`;
}

async function withEmptyFile(act: (file: string) => Promise<string | undefined>): Promise<string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'empty-'));
  const file = join(folder, 'answer.ts');
  writeFileSync(file, '\n');
  return act(file).finally(() => rmSync(folder, { recursive: true, force: true }));
}

function expectPass(verdict: Verdict): string | undefined {
  return verdict.passed ? undefined : `it must pass, but the check says: ${tell(verdict.mistake)}`;
}

async function guideProblem(checked: Checked): Promise<string | undefined> {
  const told = new Map<string, string>();
  await checkProgram({ ...checked, onStart: hearing(({ code, what, request }) => told.set(code, `${code} at ${request ?? 'the start'}: ${what}`)) });
  return told.size === 0 ? undefined : `it says ${[...told.values()].join(' ')}`;
}

function expectFailure(verdict: Verdict, { code }: { code: string }): string | undefined {
  if (verdict.passed) return 'it must fail, but it passes.';
  return verdict.mistake.code === code ? undefined : `it must fail with ${code}, but the check says: ${tell(verdict.mistake)}`;
}

async function refuteWrong(file: string, run: (file: string) => Promise<Verdict>): Promise<string | undefined> {
  const wanted = readComment(readFileSync(file, 'utf8'));
  if (wanted === undefined) return 'it must begin with a comment: "// T3 missing return", and below it the sentence that the check prints.';
  const verdict = await run(file);
  if (verdict.passed) return `it must fail with ${tell(wanted)}, but it passes.`;
  const { code, name, says } = verdict.mistake;
  const same = code === wanted.code && name === wanted.name && squeeze(says) === wanted.says;
  return same ? undefined : `it must fail with\n    ${tell(wanted)}\n  but the check says\n    ${tell(verdict.mistake)}`;
}

function tell({ code, name, says }: Told): string {
  return `${code} ${name}: ${says}`.trim();
}

/** '// T3 missing return', and the sentence on the lines below it. */
export function readComment(text: string): Told | undefined {
  const lines = text.split(/\r?\n/);
  const end = lines.findIndex((line) => !line.startsWith('//'));
  const [first = '', ...rest] = lines.slice(0, end).map((line) => line.slice(2).trim());
  const [, code, name] = /^([A-Z]\d{1,2}) (.+)$/.exec(first) ?? [];
  const says = squeeze(rest.join(' '));
  return code === undefined || name === undefined || says === '' ? undefined : { code, name, says };
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
