// npm run hint: the next hint of an exercise, one more each time.
//
//   npm run hint               ──►  for the exercise that was checked last
//   npm run hint 4 categories  ──►  hint 2 of 4
//   npm run hint 4 categories again  ──►  all that were told so far

import { Advice } from '../advice.ts';
import { choose } from '../check/choose.ts';
import { readTask } from '../check/exercises.ts';
import { doneOf, lastChecked, note } from '../check/progress.ts';
import { wordsOf } from '../check/subject.ts';
import { root } from '../course.ts';
import { paint } from '../paint.ts';
import { plainText } from '../plain-text.ts';

export async function run(words: string[], at = root): Promise<number> {
  const again = words.at(-1) === 'again';
  const named = again ? words.slice(0, -1) : words;
  const { exercise, words: rest } = choose(at, named, 'npm run hint', lastChecked(at));
  const name = wordsOf(exercise);
  if (rest.length > 0) {
    throw new Advice(`"${rest.join(' ')}" means nothing here. Write: npm run hint ${name}`);
  }
  const { hints } = readTask(exercise);
  if (hints.length === 0) throw new Advice(`${exercise.path}/task.md has no hints.`);
  const told = Math.min(doneOf(at, exercise.id).hints, hints.length);
  const wanted = again ? told : Math.min(told + 1, hints.length);
  if (wanted !== told) note(at, exercise.id, (done) => ({ ...done, hints: wanted }));
  if (wanted === 0) throw new Advice(`No hint was told yet. The first: npm run hint ${name}`);
  const shown = again ? hints.slice(0, wanted) : [hints[wanted - 1]!];
  for (const hint of shown) {
    const title = `Lesson ${name}, hint ${hints.indexOf(hint) + 1} of ${hints.length}`;
    console.log(`${paint('bold', title)}\n\n${plainText(hint)}\n`);
  }
  const isLast = wanted === hints.length;
  if (isLast) console.log(`That is the last one. Our way: npm run solution ${name}`);
  else console.log(`One more: npm run hint ${name}`);
  return 0;
}
