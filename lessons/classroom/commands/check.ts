// npm run check: is the exercise done, and if not, which mistake is it?
//
//   npm run check                     ──►  the next exercise that is not done, again at every save
//   npm run check 4                   ──►  that of lesson 4
//   npm run check 4 categories once   ──►  that one, once
//   npm run check 4 categories proof  ──►  for authors: the exercise proves itself
//
// Piped, it checks once. The first check makes answer.ts.

import { copyFileSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { Advice } from '../advice.ts';
import { checkProgram, type Verdict } from '../check/check.ts';
import { choose, isAllDone, nextAfter } from '../check/choose.ts';
import { loadCheck, readTask, type Exercise } from '../check/exercises.ts';
import type { Check } from '../check/format.ts';
import { finders } from '../check/place.ts';
import { doneOf, note } from '../check/progress.ts';
import { claimsOf } from '../check/proof.ts';
import { showVerdict } from '../check/report.ts';
import { keepSpares, type Spares } from '../check/spare.ts';
import { readCourse, root } from '../course.ts';
import { paint } from '../paint.ts';
import { watchFolders } from '../watch.ts';

type Work = { exercise: Exercise; check: Check; spares: Spares; at: string };

export async function run(words: string[], at = root): Promise<number> {
  if (words.length === 0 && isAllDone(at)) return tellAllDone();
  const { exercise, words: rest } = choose(at, words, 'npm run check');
  const mode = readMode(rest);
  const spares = keepSpares(1);
  try {
    if (mode === 'proof') return await prove(exercise, spares, at);
    const check = await loadCheck(exercise);
    begin(exercise);
    const work = { exercise, check, spares, at };
    return mode === 'watch' ? await checkAtEverySave(work) : await checkOnce(work);
  } finally {
    spares.close();
  }
}

function tellAllDone(): number {
  console.log(`${paint('green', '✔ All exercises are done.')} To check one again, name its lesson: npm run check 4`);
  return 0;
}

function readMode([word, ...more]: string[]): 'once' | 'watch' | 'proof' {
  if (word === undefined) return process.stdout.isTTY ? 'watch' : 'once';
  if (more.length === 0 && (word === 'once' || word === 'watch' || word === 'proof')) return word;
  throw new Advice(`"${[word, ...more].join(' ')}" means nothing here. Write: npm run check 4, or npm run check 4 once.`);
}

// The learner's own file is made once, and never written again.
function begin(exercise: Exercise): void {
  const { lesson, name, path, starter, answer } = exercise;
  const { title, text } = readTask(exercise);
  const isNew = !existsSync(answer);
  if (isNew) copyFileSync(starter, answer, constants.COPYFILE_EXCL);
  console.log(paint('bold', `Lesson ${lesson.number}, ${name}${title ? `: ${title}` : ''}`));
  if (!isNew) return console.log('');
  console.log(`\n${text.replace(/^# .*\n+/, '')}\n`);
  console.log(`Write your answer in ${path}/answer.ts, which has just been made for you.\n`);
}

async function checkOnce(work: Work): Promise<number> {
  const { exercise, check, at } = work;
  const verdict = await judge(work);
  const done = note(at, exercise.id, (done) => count(done, verdict));
  console.log(`${showVerdict(verdict, exercise, check)}\n\n${sayNext(work, verdict, done.hints)}`);
  return verdict.passed ? 0 : 1;
}

async function judge({ exercise, check, spares, at }: Work): Promise<Verdict> {
  if (!existsSync(exercise.answer)) throw new Advice(`${exercise.path}/answer.ts is gone. Run the check again, and it is made anew from the starter.`);
  const verdict = await checkProgram({ file: exercise.answer, check, spares, root: at });
  if (verdict.passed || verdict.place || !verdict.step) return verdict;
  for (const find of finders) {
    const place = await find({ file: exercise.answer, sent: verdict.step.came.sent, code: verdict.mistake.code });
    if (place) return { ...verdict, place };
  }
  return verdict;
}

function count(done: ReturnType<typeof doneOf>, verdict: Verdict): typeof done {
  const now = new Date().toISOString();
  const told = { ...done, checks: done.checks + 1, checked: now };
  if (verdict.passed) return { ...told, passed: done.passed ?? now.slice(0, 10) };
  const { code } = verdict.mistake;
  return { ...told, mistakes: code === '' ? done.mistakes : { ...done.mistakes, [code]: (done.mistakes[code] ?? 0) + 1 } };
}

function sayNext({ exercise, at }: Work, verdict: Verdict, hints: number): string {
  const words = `${exercise.lesson.number} ${exercise.name}`;
  if (!verdict.passed) return hints < 4 ? `Stuck? npm run hint ${words}` : `All hints are told. Our way: npm run solution ${words}`;
  const next = nextAfter(at, exercise);
  return `Compare with our way: npm run solution ${words}\n${next ? `Next: npm run check ${next.lesson.number} ${next.name}` : 'That was the last one: all exercises are done.'}`;
}

/** Resolves when the person has ended it; 0 when the last verdict was a pass. */
async function checkAtEverySave(work: Work): Promise<number> {
  const { exercise, spares, at } = work;
  let status = 1;
  async function look(): Promise<void> {
    status = await checkOnce(work).catch(tellAdvice);
    console.log(paint('dim', `\nSave ${exercise.path}/answer.ts, and it is checked again. Ctrl+C ends this.`));
    spares.refill();
  }
  async function again(): Promise<void> {
    console.log(paint('dim', '─'.repeat(Math.min(process.stdout.columns ?? 80, 100))));
    await look();
  }
  const ended = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });
  const earlier = readCourse(at).filter(({ number }) => number <= exercise.lesson.number);
  const watcher = watchFolders([exercise.folder, ...earlier.map(({ folder }) => folder), join(at, 'db')], again);
  await look();
  await ended;
  watcher.close();
  return status;
}

function tellAdvice(error: unknown): number {
  if (!(error instanceof Advice)) throw error;
  console.log(error.message);
  return 1;
}

async function prove(exercise: Exercise, spares: Spares, at: string): Promise<number> {
  let broken = 0;
  console.log(paint('bold', `${exercise.path} proves itself`));
  for (const { name, problem } of await claimsOf(exercise, spares, at)) {
    const sentence = await problem();
    if (sentence !== undefined) broken += 1;
    console.log(sentence === undefined ? `${paint('green', '✔')} ${name}` : `${paint('red', '✘')} ${name}: ${sentence}`);
    spares.refill();
  }
  console.log(broken === 0 ? '\nIt is proved.' : `\n${broken} of these do not hold.`);
  return broken === 0 ? 0 : 1;
}
