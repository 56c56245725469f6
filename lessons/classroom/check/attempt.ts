// One attempt: the program as it is now, its verdict, and what helps on.
//
//   judge(work)  ──►  ✘ T7 one category only                            (at once)
//   help(work)   ──►  Where: answer.ts, line 18 · Try this · Stuck?     (a moment later)
//
// Only an attempt with the learner's own answer is noted in the progress.

import { existsSync, readFileSync } from 'node:fs';
import { Advice } from '../advice.ts';
import { late as tooLate } from '../patience.ts';
import { checkProgram } from './check.ts';
import { nextAfter } from './choose.ts';
import { reminder } from './parts.ts';
import type { Check } from './format.ts';
import { lookAgain } from './look.ts';
import { asOlder } from './older.ts';
import { placeSeen, type FailedLocation } from './place.ts';
import { doneOf, note, type Done } from './progress.ts';
import { showHelp, showMistake, showPassed } from './report.ts';
import type { Spares } from './spare.ts';
import { wordsOf, type Subject } from './subject.ts';
import type { Checked, NotPassed, Verdict } from './verdict.ts';

/** `lookers` are the processes for the second look, which finds the place. */
export type Work = { subject: Subject; check: Check; spares: Spares; lookers: Spares; at: string };

/** The verdict, on the screen at once. */
export async function judge({ subject, check, spares, at }: Work): Promise<Verdict> {
  const { exercise, mistake, file, path } = subject;
  if (!existsSync(file)) {
    const how = mistake ? 'written out again' : 'made anew from the starter';
    throw new Advice(`${path} is gone. Run the check again, and it is ${how}.`);
  }
  const verdict = asOlder(await checkProgram({ file, check, spares, root: at }), subject);
  if (!mistake) note(at, exercise.id, (done) => count(done, verdict));
  console.log(verdict.passed ? showPassed(verdict, check) : showMistake(verdict, check));
  return verdict;
}

function count(done: Done, verdict: Verdict): Done {
  const now = new Date().toISOString();
  const told = { ...done, checks: done.checks + 1, checked: now };
  if (verdict.passed) return { ...told, passed: done.passed ?? now.slice(0, 10) };
  const { code } = verdict.mistake;
  if (code === '') return told;
  return { ...told, mistakes: { ...done.mistakes, [code]: (done.mistakes[code] ?? 0) + 1 } };
}

/** What stands below the verdict, as soon as the place is known. */
export async function help(work: Work, verdict: Verdict, stop?: AbortSignal): Promise<void> {
  if (!verdict.passed) {
    const place = await findPlace(work, verdict, stop);
    if (stop?.aborted) return;
    console.log(showHelp({ ...verdict, place }, work.subject));
  }
  console.log(`\n${sayNext(work, verdict)}`);
}

/** Milliseconds that a second look may take after each start, of the program's own. */
const patience = 8_000;

// A stack that ends in a module of the lessons names a line that is not the learner's.
async function findPlace(
  { subject, check, lookers, at }: Work,
  { mistake, place, step }: NotPassed,
  stop?: AbortSignal,
): Promise<FailedLocation | undefined> {
  const { file, path } = subject;
  const todo = mistake.code === 'todo' ? todoIn(file) : undefined;
  if (todo !== undefined) return { file: path, line: todo };
  if (step === undefined || place?.file === path) return place;
  const late = new AbortController();
  const onStart: Checked['onStart'] = ({ process: { clock, exited } }) => {
    void clock.within(patience, exited).then((end) => { if (end === tooLate) late.abort(); });
  };
  const checked = { file, check, spares: lookers, root: at, onStart };
  const signal = stop ? AbortSignal.any([stop, late.signal]) : late.signal;
  const seen = await lookAgain(checked, step.number, signal);
  return placeSeen(seen, file, at, step.came.status > 0) ?? place;
}

/** Who has not begun begins there. */
function todoIn(file: string): number | undefined {
  const lines = readFileSync(file, 'utf8').split('\n');
  const line = lines.findIndex((text) => text.includes(reminder));
  return line < 0 ? undefined : line + 1;
}

function sayNext({ subject, at }: Work, { passed }: Verdict): string {
  const { exercise, mistake, name } = subject;
  const words = wordsOf(exercise);
  if (mistake) {
    return passed
      ? `The mistake in ${name} is fixed.`
      : 'This is a known mistake, not yours: nothing is noted in your progress.';
  }
  if (!passed) {
    return doneOf(at, exercise.id).hints < 4
      ? `Stuck? npm run hint ${words}`
      : `All hints are told. Our way: npm run solution ${words}`;
  }
  const next = nextAfter(at, exercise);
  const then = next
    ? `Next: npm run check ${wordsOf(next)}`
    : 'That was the last one: all exercises are done.';
  return `Compare with our way: npm run solution ${words}\n${then}`;
}
