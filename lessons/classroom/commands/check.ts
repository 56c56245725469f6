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
import { checkProgram } from '../check/check.ts';
import { choose, isAllDone, nextAfter } from '../check/choose.ts';
import { loadCheck, readTask, type Exercise } from '../check/exercises.ts';
import type { Check } from '../check/format.ts';
import { lookAgain, watchers } from '../check/look.ts';
import { placeSeen, type Place } from '../check/place.ts';
import { doneOf, note } from '../check/progress.ts';
import { claimsOf } from '../check/proof.ts';
import { showHelp, showMistake, showVerdict } from '../check/report.ts';
import { keepSpares, type Spares } from '../check/spare.ts';
import type { Checked, NotPassed, Verdict } from '../check/verdict.ts';
import { readCourse, root } from '../course.ts';
import { paint } from '../paint.ts';
import { late as tooLate } from '../patience.ts';
import { watchFolders } from '../watch.ts';

/** `lookers` are the processes for the second look, which finds the place. */
type Work = { exercise: Exercise; check: Check; spares: Spares; lookers: Spares; at: string };

export async function run(words: string[], at = root): Promise<number> {
  if (words.length === 0 && isAllDone(at)) return tellAllDone();
  const { exercise, words: rest } = choose(at, words, 'npm run check');
  const mode = readMode(rest);
  const spares = keepSpares(1);
  const lookers = keepSpares(mode === 'watch' ? 1 : 0, watchers.both);
  try {
    if (mode === 'proof') return await prove(exercise, spares, at);
    const check = await loadCheck(exercise);
    begin(exercise);
    const work = { exercise, check, spares, lookers, at };
    return mode === 'watch' ? await checkAtEverySave(work) : await checkOnce(work);
  } finally {
    spares.close();
    lookers.close();
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
  const verdict = await judge(work);
  await help(work, verdict);
  return verdict.passed ? 0 : 1;
}

/** The verdict, on the screen at once. */
async function judge({ exercise, check, spares, at }: Work): Promise<Verdict> {
  if (!existsSync(exercise.answer)) throw new Advice(`${exercise.path}/answer.ts is gone. Run the check again, and it is made anew from the starter.`);
  const verdict = await checkProgram({ file: exercise.answer, check, spares, root: at });
  note(at, exercise.id, (done) => count(done, verdict));
  console.log(verdict.passed ? showVerdict(verdict, exercise, check) : showMistake(verdict, check));
  return verdict;
}

/** What stands below it, as soon as the place is known. */
async function help(work: Work, verdict: Verdict, stop?: AbortSignal): Promise<void> {
  const { exercise, at } = work;
  if (!verdict.passed) {
    const place = await findPlace(work, verdict, stop);
    if (stop?.aborted) return;
    console.log(showHelp({ ...verdict, place }, exercise));
  }
  console.log(`\n${sayNext(work, verdict, doneOf(at, exercise.id).hints)}`);
}

/** Milliseconds that a second look may take after each start, of the program's own. */
const patience = 8_000;

// A stack that ends in a module of the lessons names a line that is not the learner's.
async function findPlace({ exercise, check, lookers, at }: Work, { place, step }: NotPassed, stop?: AbortSignal): Promise<Place | undefined> {
  const file = exercise.answer;
  if (step === undefined || place?.file === `${exercise.path}/answer.ts`) return place;
  const late = new AbortController();
  const onStart: Checked['onStart'] = ({ process: { clock, exited } }) => {
    void clock.within(patience, exited).then((end) => { if (end === tooLate) late.abort(); });
  };
  const checked = { file, check, spares: lookers, root: at, onStart };
  const stops = stop ? AbortSignal.any([stop, late.signal]) : late.signal;
  const seen = await lookAgain(checked, step.number, stops);
  return placeSeen(seen, file, at, step.came.status > 0) ?? place;
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
  const { exercise, at } = work;
  let status = 1;
  let newer = new AbortController();
  let helped = Promise.resolve();
  // A newer save is more than the place of an older mistake: whoever still looks for that, stops.
  async function look(): Promise<void> {
    newer.abort();
    await helped;
    newer = new AbortController();
    const verdict = await judge(work).catch(tellAdvice);
    status = verdict?.passed ? 0 : 1;
    work.spares.refill();
    helped = (verdict ? help(work, verdict, newer.signal) : Promise.resolve()).then(() => waitForSave(work, newer.signal));
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
  newer.abort();
  await helped;
  return status;
}

function waitForSave({ exercise, lookers }: Work, newer: AbortSignal): void {
  lookers.refill();
  if (!newer.aborted) console.log(paint('dim', `\nSave ${exercise.path}/answer.ts, and it is checked again. Ctrl+C ends this.`));
}

function tellAdvice(error: unknown): undefined {
  if (!(error instanceof Advice)) throw error;
  console.log(error.message);
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
