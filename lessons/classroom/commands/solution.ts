// npm run solution: the difference between mine and ours.
//
//   - const found = items.find(…);      mine
//   + const found = items.filter(…);    ours
//
// After a pass, or after all hints: who reads it earlier has lost the exercise.

import { existsSync, readFileSync } from 'node:fs';
import { Advice } from '../advice.ts';
import { asIfIn, changes, nearChanges, type Line } from '../check/changes.ts';
import { choose } from '../check/choose.ts';
import { readTask, type Exercise } from '../check/exercises.ts';
import { doneOf, lastChecked } from '../check/progress.ts';
import { root } from '../course.ts';
import { paint } from '../paint.ts';

export async function run(words: string[], at = root): Promise<number> {
  const { exercise, words: rest } = choose(at, words, 'npm run solution', lastChecked(at));
  const { folder, solution, answer, starter, lesson, name, path } = exercise;
  if (rest.length > 0) {
    throw new Advice(
      `"${rest.join(' ')}" means nothing here. ` +
      `Write: npm run solution ${lesson.number} ${name}`,
    );
  }
  refuseTooEarly(exercise, at);
  const from = existsSync(answer) ? answer : starter;
  const ours = asIfIn(folder, readFileSync(solution, 'utf8'), solution);
  const lines = changes(readFileSync(from, 'utf8'), ours);
  const mine = from === answer ? 'yours (-)' : 'the starter (-)';
  console.log(paint('bold', `Lesson ${lesson.number}, ${name}: from ${mine} to ours (+)`) + '\n');
  if (lines.every(({ mark }) => mark === ' ')) console.log('They are the same, line for line.');
  else console.log(nearChanges(lines).map(show).join('\n'));
  console.log(`\nOther ways are right as well: look into ${path}/proof/right/`);
  return 0;
}

function refuseTooEarly(exercise: Exercise, at: string): void {
  const { passed, hints } = doneOf(at, exercise.id);
  const left = readTask(exercise).hints.length - hints;
  if (passed !== undefined || left <= 0) return;
  const words = `${exercise.lesson.number} ${exercise.name}`;
  throw new Advice(
    'The solution opens when your answer passes, or when all hints are told: ' +
    `there ${left === 1 ? 'is 1' : `are ${left}`} more. ` +
    `Write: npm run hint ${words}`,
  );
}

function show(line: Line | undefined): string {
  if (line === undefined) return paint('dim', '  …');
  const text = `${line.mark} ${line.text}`.trimEnd();
  return line.mark === ' ' ? text : paint(line.mark === '+' ? 'green' : 'red', text);
}
