// Which exercise do the words mean?
//
//   npm run check                ──►  the first that is not done
//   npm run check 4              ──►  the first of lesson 4 that is not done, or its first
//   npm run check 4 categories   ──►  that one; "categories" alone will do, too
//   npm run hint                 ──►  the one that was checked last

import { Advice } from '../advice.ts';
import { findLesson, isNumber, readCourse, type Lesson } from '../course.ts';
import { readExercises, type Exercise } from './exercises.ts';
import { doneOf } from './progress.ts';

export type Chosen = { exercise: Exercise; words: string[] };

/** Takes the words that name an exercise; the others come back. Throws Advice if none is meant. */
export function choose(at: string, words: string[], command: string, last?: string): Chosen {
  const course = readCourse(at);
  const exercises = readExercises(at, course);
  if (exercises.length === 0) {
    throw new Advice('There is no exercise yet. Make one: npm run new 4 happy-hour');
  }
  const [first, ...others] = words;
  if (first === undefined) return { exercise: nextOf(at, exercises, last), words };
  if (isNumber(first) || isLesson(course, first)) {
    return chooseInLesson(at, findLesson(course, first), exercises, others);
  }
  const named = exercises.find(({ name }) => name === first.toLowerCase());
  if (named) return { exercise: named, words: others };
  // "once" and "proof" name no exercise: the caller reads them.
  if (words.every(isMode)) return { exercise: nextOf(at, exercises, last), words };
  throw new Advice(
    `There is no lesson and no exercise "${first}". There are: ${list(exercises)} ` +
      `For example: ${command} ${exercises[0]!.lesson.number}`,
  );
}

function chooseInLesson(
  at: string,
  lesson: Lesson,
  exercises: Exercise[],
  words: string[],
): Chosen {
  const here = exercises.filter((exercise) => exercise.lesson.number === lesson.number);
  if (here.length === 0) {
    throw new Advice(
      `Lesson ${lesson.number} has no exercise yet. There are: ${list(exercises)}`,
    );
  }
  const named = here.find(({ name }) => name === words[0]?.toLowerCase());
  if (named) return { exercise: named, words: words.slice(1) };
  return { exercise: openOf(at, here), words };
}

export function isMode(word: string): boolean {
  return ['once', 'watch', 'proof'].includes(word);
}

function isLesson(course: Lesson[], word: string): boolean {
  return course.some(({ id, name }) => word === name || word === `${id}-${name}`);
}

export function list(exercises: Exercise[]): string {
  return `${exercises.map(({ lesson, name }) => `${lesson.number} ${name}`).join(', ')}.`;
}

function nextOf(at: string, exercises: Exercise[], last: string | undefined): Exercise {
  return exercises.find(({ id }) => id === last) ?? openOf(at, exercises);
}

function openOf(at: string, exercises: Exercise[]): Exercise {
  return exercises.find(({ id }) => doneOf(at, id).passed === undefined) ?? exercises[0]!;
}

/** The first that is not done, after this one; undefined when all are done. */
export function nextAfter(at: string, done: Exercise): Exercise | undefined {
  const exercises = readExercises(at);
  const later = exercises.filter(({ id }) => id > done.id);
  return [...later, ...exercises]
    .find(({ id }) => id !== done.id && doneOf(at, id).passed === undefined);
}

export function isAllDone(at: string): boolean {
  const exercises = readExercises(at);
  return exercises.length > 0 && exercises.every(({ id }) => doneOf(at, id).passed !== undefined);
}
