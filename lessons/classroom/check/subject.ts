// What is checked or replayed: the learner's answer, or a known mistake, written out beside it.
//
//   npm run check 4 categories        ──►  answer.ts
//   npm run check 4 categories T3 2   ──►  answer-T3-2.ts, from proof/mistakes.md
//
// Either file is made once and never written again: what you change in it stays.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Advice } from '../advice.ts';
import { isNumber } from '../course.ts';
import { isMode } from './choose.ts';
import type { Exercise } from './exercises.ts';
import { readGallery, type KnownMistake } from './gallery.ts';
import { programOf } from './mistake.ts';

export type Subject = {
  exercise: Exercise;
  mistake?: KnownMistake;
  file: string;
  /** 'answer-T3-2.ts' */
  name: string;
  /** From the root: 'lessons/04-router/exercises/categories/answer-T3-2.ts'. */
  path: string;
  /** How a command names it: '4 categories T3 2'. */
  words: string;
};

export function answerOf(exercise: Exercise): Subject {
  return subjectOf(exercise, 'answer.ts', wordsOf(exercise));
}

export function mistakeOf(exercise: Exercise, mistake: KnownMistake): Subject {
  const { code, number } = mistake;
  const words = `${wordsOf(exercise)} ${code} ${number}`;
  return { ...subjectOf(exercise, `answer-${code}-${number}.ts`, words), mistake };
}

function subjectOf(exercise: Exercise, name: string, words: string): Subject {
  const { folder, path } = exercise;
  return { exercise, name, words, file: join(folder, name), path: `${path}/${name}` };
}

export function wordsOf({ lesson, name }: Exercise): string {
  return `${lesson.number} ${name}`;
}

/** A mistake becomes a file. The sentence says that there is one already, with another program. */
export function writeOut({ exercise, mistake, file, name }: Subject): string | undefined {
  if (!mistake) return undefined;
  const text = programOf(mistake, exercise);
  if (!existsSync(file)) writeFileSync(file, text, { flag: 'wx' });
  if (readFileSync(file, 'utf8') === text) return undefined;
  return `${name} is there already, and it differs from proof/mistakes.md. ` +
    'It stays as it is: to write it out again, delete it first.';
}

export type Chosen<What> = { found: What; words: string[] };

/** Takes the words that name mistakes: one by "T3 2" or by its slug, all of a code by "T3". */
export function chooseMistakes(exercise: Exercise, words: string[]): Chosen<KnownMistake[]> {
  const [first, second = '', ...more] = words;
  const known = readGallery(exercise);
  if (known.length === 0) {
    throw new Advice(`${exercise.path}/proof/mistakes.md has no mistake in it yet.`);
  }
  if (first === undefined) return { found: known, words };
  const named = known.filter(({ slug }) => isSame(slug, first));
  if (named.length > 0) return { found: named, words: words.slice(1) };
  const alike = known.filter(({ code }) => isSame(code, first));
  if (alike.length === 0) throw new Advice(sayUnknown(first, exercise, known));
  if (!isNumber(second)) return { found: alike, words: words.slice(1) };
  const numbered = alike.filter(({ number }) => number === Number(second));
  if (numbered.length === 0) throw new Advice(sayNoNumber(second, exercise, alike));
  return { found: numbered, words: more };
}

/** Takes the words that name one mistake; where they name none, the learner's answer is meant. */
export function chooseSubject(
  exercise: Exercise,
  words: string[],
  command: string,
): Chosen<Subject> {
  if (!namesMistake(exercise, words[0])) return { found: answerOf(exercise), words };
  const { found: [one, ...others], words: rest } = chooseMistakes(exercise, words);
  if (others.length === 0) return { found: mistakeOf(exercise, one!), words: rest };
  throw new Advice(
    `${one!.code} is ${others.length + 1} mistakes in ${exercise.name}:\n\n` +
      `${listMistakes([one!, ...others])}\n\n` +
      `Say which, for example: ${command} ${wordsOf(exercise)} ${one!.code} 1`,
  );
}

function namesMistake(exercise: Exercise, word: string | undefined): boolean {
  if (word === undefined || isMode(word)) return false;
  return isCode(word.toUpperCase()) || readGallery(exercise).some(({ slug }) => isSame(slug, word));
}

/** "T3": a code, and neither a slug nor a path. */
export function isCode(word: string): boolean {
  return /^[A-Z]{1,2}\d{1,2}$/.test(word);
}

/** A line for each: 'T3 2  missing return: missing-return-of-404'. */
export function listMistakes(mistakes: KnownMistake[]): string {
  const titles = mistakes.map(({ code, number }) => `${code} ${number}`);
  const width = Math.max(...titles.map(({ length }) => length));
  return mistakes
    .map(({ name, slug }, index) => `${titles[index]!.padEnd(width)}  ${name}: ${slug}`)
    .join('\n');
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function sayUnknown(word: string, exercise: Exercise, known: KnownMistake[]): string {
  const codes = [...new Set(known.map(({ code }) => code))].join(', ');
  return `${exercise.name} has no mistake "${word}". There are: ${codes}. ` +
    `To see their names: npm run mistake ${wordsOf(exercise)}`;
}

function sayNoNumber(number: string, exercise: Exercise, alike: KnownMistake[]): string {
  const { code } = alike[0]!;
  const count = alike.length === 1 ? 'one mistake' : `${alike.length} mistakes`;
  return `There is no ${code} ${number} in ${exercise.name}. ` +
    `${code} is ${count}:\n\n${listMistakes(alike)}`;
}
