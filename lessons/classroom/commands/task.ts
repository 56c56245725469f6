// npm run task: what an exercise asks for, without its hints.
//
//   npm run task               ──►  the one that was checked last
//   npm run task 4 categories  ──►  One page for each category: Ada drinks only tea. …

import { Advice } from '../advice.ts';
import { choose } from '../check/choose.ts';
import { loadCheck, readTask } from '../check/exercises.ts';
import { lastChecked } from '../check/progress.ts';
import { wordsOf } from '../check/subject.ts';
import { root } from '../course.ts';
import { paint } from '../paint.ts';
import { plainText } from '../plain-text.ts';
import { wrapWords } from '../word-wrap.ts';

export async function run(words: string[], at = root): Promise<number> {
  const { exercise, words: rest } = choose(at, words, 'npm run task', lastChecked(at));
  const name = wordsOf(exercise);
  if (rest.length > 0) {
    throw new Advice(`"${rest.join(' ')}" means nothing here. Write: npm run task ${name}`);
  }
  const { text } = readTask(exercise);
  if (text === '') throw new Advice(`${exercise.path} has no task.md.`);
  const { steps } = await loadCheck(exercise);
  console.log(paint('bold', `Lesson ${name}, a check of ${steps.length} steps`));
  console.log(`\n${plainText(text)}\n`);
  const where = `You write ${exercise.path}/answer.ts. Check it: npm run check ${name}`;
  console.log(wrapWords(where, '').map((line) => paint('dim', line)).join('\n'));
  return 0;
}
