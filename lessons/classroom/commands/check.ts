// npm run check: is the exercise done, and if not, which mistake is it?
//
//   npm run check                     ──►  the next exercise that is not done, again at every save
//   npm run check 4                   ──►  that of lesson 4
//   npm run check 4 categories once   ──►  that one, once
//   npm run check 4 categories T3 2   ──►  a known mistake, written out as answer-T3-2.ts
//   npm run check 4 categories proof  ──►  for authors: the exercise proves itself
//
// Piped, it checks once. The first check makes answer.ts.

import { copyFileSync, constants, existsSync } from 'node:fs';
import { Advice } from '../advice.ts';
import { checkAtEverySave } from '../check/again.ts';
import { help, judge, type Work } from '../check/attempt.ts';
import { choose, isAllDone } from '../check/choose.ts';
import { loadCheck, readTask, type Exercise } from '../check/exercises.ts';
import type { KnownMistake } from '../check/gallery.ts';
import { watchers } from '../check/look.ts';
import { claimsOf } from '../check/proof.ts';
import { keepSpares, type Spares } from '../check/spare.ts';
import { chooseSubject, writeOut, type Subject } from '../check/subject.ts';
import { root } from '../course.ts';
import { paint } from '../paint.ts';
import { plainText } from '../plain-text.ts';
import { wrapWords } from '../word-wrap.ts';

export async function run(words: string[], at = root): Promise<number> {
  if (words.length === 0 && isAllDone(at)) return tellAllDone();
  const { exercise, words: named } = choose(at, words, 'npm run check');
  const { found: subject, words: rest } = chooseSubject(exercise, named, 'npm run check');
  const mode = readMode(rest, subject);
  const spares = keepSpares(1);
  const lookers = keepSpares(mode === 'watch' ? 1 : 0, watchers.both);
  try {
    if (mode === 'proof') return await prove(exercise, spares, at);
    const check = await loadCheck(exercise);
    begin(subject);
    const work = { subject, check, spares, lookers, at };
    return mode === 'watch' ? await checkAtEverySave(work) : await checkOnce(work);
  } finally {
    spares.close();
    lookers.close();
  }
}

function tellAllDone(): number {
  const done = paint('green', '✔ All exercises are done.');
  console.log(`${done} To check one again, name its lesson: npm run check 4`);
  return 0;
}

function readMode(words: string[], { mistake }: Subject): 'once' | 'watch' | 'proof' {
  const [word, ...more] = words;
  if (word === undefined) return process.stdout.isTTY ? 'watch' : 'once';
  const isMeant = more.length === 0 && !(mistake && word === 'proof');
  if (isMeant && (word === 'once' || word === 'watch' || word === 'proof')) return word;
  throw new Advice(
    `"${words.join(' ')}" means nothing here. ` +
      'Write: npm run check 4, or npm run check 4 once.',
  );
}

function begin(subject: Subject): void {
  if (subject.mistake) beginMistake(subject.mistake, subject);
  else beginAnswer(subject.exercise);
}

function beginMistake({ code, name, slug }: KnownMistake, subject: Subject): void {
  const { lesson, name: exercise } = subject.exercise;
  const changed = writeOut(subject);
  console.log(paint('bold', `Lesson ${lesson.number}, ${exercise}: ${code} ${name} (${slug})`));
  console.log(changed ? `\n${changed}\n` : '');
}

// The learner's own file is made once, and never written again.
function beginAnswer(exercise: Exercise): void {
  const { lesson, name, path, starter, answer } = exercise;
  const { title, text } = readTask(exercise);
  const isNew = !existsSync(answer);
  if (isNew) copyFileSync(starter, answer, constants.COPYFILE_EXCL);
  console.log(paint('bold', `Lesson ${lesson.number}, ${name}${title ? `: ${title}` : ''}`));
  if (!isNew) return console.log(paint('dim', `${path}/answer.ts\n`));
  console.log(`\n${plainText(text.replace(/^# .*\n+/, ''))}\n`);
  const where = `Write your answer in ${path}/answer.ts, which has just been made for you. ` +
    `See this task again: npm run task ${lesson.number} ${name}`;
  console.log(`${wrapWords(where, '').join('\n')}\n`);
}

async function checkOnce(work: Work): Promise<number> {
  const verdict = await judge(work);
  await help(work, verdict);
  return verdict.passed ? 0 : 1;
}

async function prove(exercise: Exercise, spares: Spares, at: string): Promise<number> {
  let broken = 0;
  console.log(paint('bold', `${exercise.path} proves itself`));
  for (const { name, problem } of await claimsOf(exercise, spares, at)) {
    const sentence = await problem();
    if (sentence !== undefined) broken += 1;
    console.log(sentence === undefined
      ? `${paint('green', '✔')} ${name}`
      : `${paint('red', '✘')} ${name}: ${sentence}`);
    spares.refill();
  }
  console.log(broken === 0 ? '\nIt is proved.' : `\n${broken} of these do not hold.`);
  return broken === 0 ? 0 : 1;
}
