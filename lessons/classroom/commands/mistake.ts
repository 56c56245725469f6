// npm run mistake: a known mistake of an exercise, as a program to look at, to check and to replay.
//
//   npm run mistake 4        ──►  all mistakes of the exercise of lesson 4, with their codes
//   npm run mistake 4 T3     ──►  those with the code T3; if there is only one, it is written out
//   npm run mistake 4 T3 2   ──►  answer-T3-2.ts, beside answer.ts; a mistake's slug will do, too
//
// Git ignores it, answer.ts is not touched, and nothing of it counts as the learner's own.

import { Advice } from '../advice.ts';
import { choose } from '../check/choose.ts';
import { readTask, type Exercise } from '../check/exercises.ts';
import type { KnownMistake } from '../check/gallery.ts';
import {
  chooseMistakes, listMistakes, mistakeOf, wordsOf, writeOut,
} from '../check/subject.ts';
import { wrapWords } from '../word-wrap.ts';
import { root } from '../course.ts';
import { paint } from '../paint.ts';

export async function run(words: string[], at = root): Promise<number> {
  const { exercise, words: rest } = choose(at, words, 'npm run mistake');
  const { found, words: more } = chooseMistakes(exercise, rest);
  if (more.length > 0) {
    throw new Advice(
      `"${more.join(' ')}" means nothing here. ` +
        `Write: npm run mistake ${wordsOf(exercise)} ${found[0]!.code} 1`,
    );
  }
  if (rest.length === 0 || found.length > 1) console.log(show(exercise, found));
  else console.log(write(exercise, found[0]!));
  return 0;
}

function show(exercise: Exercise, mistakes: KnownMistake[]): string {
  const { lesson, name } = exercise;
  const { title } = readTask(exercise);
  const { code, number } = mistakes[0]!;
  return [
    paint('bold', `Lesson ${lesson.number}, ${name}${title ? `: ${title}` : ''}`), '',
    listMistakes(mistakes), '',
    `Write one out: npm run mistake ${wordsOf(exercise)} ${code} ${number}`,
  ].join('\n');
}

function write(exercise: Exercise, mistake: KnownMistake): string {
  const subject = mistakeOf(exercise, mistake);
  const { code, name, slug, says } = mistake;
  const changed = writeOut(subject);
  if (changed) throw new Advice(changed);
  return [
    paint('bold', `${code} ${name}: ${slug}`),
    ...(says === '' ? [] : wrapWords(says, '')), '',
    `The program is in ${subject.path}.`,
    `Check it: npm run check ${subject.words}`,
    `See line by line what it does: npm run replay ${subject.words}`,
  ].join('\n');
}
