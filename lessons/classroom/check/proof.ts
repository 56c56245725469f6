// The proof of an exercise: right programs pass, and each known mistake gets its own sentence.
//
//   proof/mistakes.md, "### T3 missing return: filter-without-return", with a sentence below it
//     ──►  the check of that program must say T3, that name, and that sentence
//
// Run by `npm run check 4 categories proof` and by the tests, so an author and the tests see the
// same.

import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Advice } from '../advice.ts';
import { guided } from '../guide/attach.ts';
import { checkProgram } from './check.ts';
import { loadCheck, type Exercise } from './exercises.ts';
import type { Check } from './format.ts';
import { readGallery, type KnownMistake } from './gallery.ts';
import { hearing } from './look.ts';
import { withProgram } from './mistake.ts';
import * as parts from './parts.ts';
import { keepSpares, type Spares } from './spare.ts';
import type { Checked, Verdict } from './verdict.ts';

/** A problem in a sentence; undefined: this holds. */
export type Claim = { name: string; problem(): Promise<string | undefined> };

type Proof = {
  exercise: Exercise;
  check: Check;
  /** Files of proof/right. */
  rights: string[];
  gallery: Gallery;
  root: string;
  verdictOn(file: string): Promise<Verdict>;
  /** What the guide says of it, which must be nothing. */
  guideOn(file: string): Promise<string | undefined>;
};

/** `listeners` have the guide in them: it must be silent where nothing is wrong. */
export async function claimsOf(
  exercise: Exercise,
  spares: Spares,
  root: string,
  listeners = keepSpares(0, guided),
): Promise<Claim[]> {
  const check = await loadCheck(exercise);
  const proof: Proof = {
    exercise,
    check,
    rights: rightsOf(exercise),
    gallery: galleryOf(exercise),
    root,
    verdictOn: (file) => checkProgram({ file, check, spares, root }),
    guideOn: (file) => guideProblem({ file, check, spares: listeners, root }),
  };
  return [partClaims, failClaims, passClaims, mistakeClaims].flatMap((claims) => claims(proof));
}

function rightsOf({ folder }: Exercise): string[] {
  const at = join(folder, 'proof', 'right');
  if (!existsSync(at)) return [];
  const names = readdirSync(at).filter((name) => name.endsWith('.ts'));
  return names.sort().map((name) => join(at, name));
}

type Gallery = { mistakes: KnownMistake[]; problem: string | undefined };

// A page that cannot be read is one problem; everything else is proved all the same.
function galleryOf(exercise: Exercise): Gallery {
  try {
    return { mistakes: readGallery(exercise), problem: undefined };
  } catch (error) {
    if (!(error instanceof Advice)) throw error;
    return { mistakes: [], problem: error.message };
  }
}

function partClaims({ exercise, check, rights, gallery }: Proof): Claim[] {
  const isOwn = parts.isOwn(check);
  const { mistakes, problem } = gallery;
  const files = () => parts.filesProblem(exercise, isOwn) ?? problem ??
    parts.countProblem(rights.length, mistakes.length, isOwn);
  const codes = () => parts.codeProblem(check) ??
    (isOwn && !problem ? parts.unshownProblem(check, mistakes) : undefined);
  return Object.entries({
    'the files are there': files,
    'the check is well formed': codes,
    'the starter is near the solution': () => parts.distanceProblem(exercise),
    'task.md helps and does not tell': () => (isOwn ? parts.hintProblem(exercise) : undefined),
  }).map(([name, problem]) => ({ name, problem: async () => problem() }));
}

/** The name of each code in this check, for a comparison with the other exercises. */
export async function namesOf(exercise: Exercise): Promise<Map<string, string>> {
  const mistakes = parts.mistakesOf(await loadCheck(exercise));
  const own = mistakes.filter(({ code }) => !/^(todo|Z)/.test(code));
  return new Map(own.map(({ code, name }) => [code, name]));
}

function failClaims({ exercise, verdictOn }: Proof): Claim[] {
  const isStarter = async () => expectFailure(await verdictOn(exercise.starter), 'todo');
  const isEmpty = () => withEmptyFile(async (file) => expectFailure(await verdictOn(file), 'X1'));
  return [
    { name: 'an empty file fails', problem: isEmpty },
    { name: 'starter.ts fails', problem: isStarter },
  ];
}

function passClaims({ exercise, rights, verdictOn, guideOn }: Proof): Claim[] {
  const passes = async (file: string) => expectPass(await verdictOn(file));
  return [
    { name: 'proof/solution.ts passes', problem: () => passes(exercise.solution) },
    ...rights.map((file) => ({
      name: `proof/right/${nameOf(file)} passes`,
      problem: () => passes(file),
    })),
    ...[exercise.solution, ...rights].map((file) => ({
      name: `the guide says nothing of ${nameOf(file)}`,
      problem: () => guideOn(file),
    })),
  ];
}

function mistakeClaims({ exercise, gallery, root, verdictOn }: Proof): Claim[] {
  return gallery.mistakes.map((mistake) => ({
    name: `${mistake.code} ${mistake.slug} fails with its sentence`,
    problem: () => withProgram(mistake, exercise, root, async (file) => (
      compare(mistake, await verdictOn(file))
    )).catch(sayAdvice),
  }));
}

// A change that does not fit: which line of the page, and why.
function sayAdvice(error: unknown): string {
  if (!(error instanceof Advice)) throw error;
  return error.message;
}

function nameOf(file: string): string {
  return file.split(/[\\/]/).at(-1)!;
}

async function withEmptyFile(
  act: (file: string) => Promise<string | undefined>,
): Promise<string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'empty-'));
  const file = join(folder, 'answer.ts');
  writeFileSync(file, '\n');
  return act(file).finally(() => rmSync(folder, { recursive: true, force: true }));
}

function expectPass(verdict: Verdict): string | undefined {
  return verdict.passed
    ? undefined
    : `it must pass, but the check says: ${tell(verdict.mistake)}`;
}

function expectFailure(verdict: Verdict, code: string): string | undefined {
  if (verdict.passed) return 'it must fail, but it passes.';
  if (verdict.mistake.code === code) return undefined;
  return `it must fail with ${code}, but the check says: ${tell(verdict.mistake)}`;
}

async function guideProblem(checked: Checked): Promise<string | undefined> {
  const told = new Map<string, string>();
  const onStart = hearing(({ code, what, request }) => {
    told.set(code, `${code} at ${request ?? 'the start'}: ${what}`);
  });
  await checkProgram({ ...checked, onStart });
  return told.size === 0 ? undefined : `it says ${[...told.values()].join(' ')}`;
}

function compare(wanted: KnownMistake, verdict: Verdict): string | undefined {
  if (verdict.passed) return `it must fail with ${tell(wanted)}, but it passes.`;
  const { code, name, says } = verdict.mistake;
  const isNamed = code === wanted.code && name === wanted.name;
  const isTold = wanted.says === '' || squeeze(says) === wanted.says;
  if (isNamed && isTold) return undefined;
  return `it must fail with\n    ${tell(wanted)}\n` +
    `  but the check says\n    ${tell(verdict.mistake)}`;
}

function tell({ code, name, says }: { code: string; name: string; says: string }): string {
  return `${code} ${name}: ${says}`.trim();
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
