// npm run lesson: the course as a list, or one lesson's server.
//
//   npm run lesson              ──►  what there is
//   npm run lesson 4            ──►  lessons/04-router/server.ts, again at every save
//   npm run lesson 4 raw        ──►  the same on real Node
//   npm run lesson 4 port 3001  ──►  the same somewhere else
//   npm run lesson 4 categories ──►  your own answer to that exercise, in the same way

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Advice } from '../advice.ts';
import {
  answerId, exerciseNamed, readExercises, type Exercise,
} from '../check/exercises.ts';
import { doneOf } from '../check/progress.ts';
import { wordsOf } from '../check/subject.ts';
import {
  dataFolder, findLesson, isNumber, lessonCount, lessonZero, readCourse, root, type Lesson,
} from '../course.ts';
import { keepRunning, type Kept } from '../keep.ts';
import { runRaw } from '../raw.ts';
import { readWords } from '../words.ts';

export async function run([word, ...words]: string[], at = root): Promise<number> {
  const course = readCourse(at);
  if (word === undefined) return tell(listCourse(course, (lesson) => progressOf(at, lesson)));
  if (isNumber(word) && Number(word) === 0) return tell(lessonZero);
  const lesson = findLesson(course, word);
  const own = exerciseNamed(at, lesson, words[0]);
  const served = own ? keptAnswer(course, own, at) : keptLesson(course, lesson, at);
  const { raw, port } = readWords(own ? words.slice(1) : words, served.command);
  return raw ? runRaw({ ...served, port }) : keepRunning({ ...served, port });
}

function tell(text: string): number {
  console.log(text);
  return 0;
}

/** `markOf`: what is shown before a lesson, such as ✔; two columns at most. */
export function listCourse(course: Lesson[], markOf = (_: Lesson) => ''): string {
  const width = Math.max(0, ...course.map((lesson) => lesson.name.length));
  const lines = course.map((lesson) => {
    const { number, name, title } = lesson;
    const mark = markOf(lesson).padEnd(2);
    return `${mark}${String(number).padStart(2)}  ${name.padEnd(width)}  ${title}`.trimEnd();
  });
  const start = 'start'.padEnd(width);
  const zero = `   0  ${start}  what you need before you start (a text: lessons/README.md)`;
  const first = course[0]?.number ?? 1;
  const example = `Begin with: npm run lesson ${first}`;
  return ['The lessons:', '', zero, ...lines, '', ...sayMissing(course), example].join('\n');
}

/** ✔ when all exercises of the lesson are done, · when one is begun. */
function progressOf(at: string, lesson: Lesson): string {
  const done = readExercises(at, [lesson]).map(({ id }) => doneOf(at, id));
  if (done.length > 0 && done.every(({ passed }) => passed !== undefined)) return '✔';
  return done.some(({ checks }) => checks > 0) ? '·' : '';
}

function sayMissing(course: Lesson[]): string[] {
  const next = (course.at(-1)?.number ?? 0) + 1;
  if (next > lessonCount) return [];
  if (next === lessonCount) return [`Lesson ${next} is not built yet (${lessonCount} in all).`];
  return [`Lessons ${next} to ${lessonCount} are not built yet (${lessonCount} in all).`];
}

type Served = Omit<Kept, 'port'>;

function keptLesson(course: Lesson[], lesson: Lesson, at: string): Served {
  if (!existsSync(lesson.server)) {
    throw new Advice(`Lesson ${lesson.number} has no server.ts in it, so there is nothing to run.`);
  }
  return {
    label: `Lesson ${lesson.number}, ${lesson.name}`,
    command: `npm run lesson ${lesson.number}`,
    id: lesson.id,
    file: lesson.server,
    folders: foldersUpTo(course, lesson, at),
    dataDir: dataFolder(at, lesson.id),
    hint: `In a second terminal: npm run try ${lesson.number}`,
    root: at,
  };
}

/** The learner's own file, with data of its own. */
function keptAnswer(course: Lesson[], exercise: Exercise, at: string): Served {
  const { lesson, name, answer, folder } = exercise;
  const words = wordsOf(exercise);
  if (!existsSync(answer)) {
    throw new Advice(
      `You have no answer to ${name} yet, so there is nothing to run. ` +
        `Make one: npm run check ${words}`,
    );
  }
  const id = answerId(exercise);
  return {
    label: `Lesson ${lesson.number}, your answer to ${name}`,
    command: `npm run lesson ${words}`,
    id,
    file: answer,
    folders: [folder, ...foldersUpTo(course, lesson, at)],
    dataDir: dataFolder(at, id),
    hint: `In a second terminal: npm run try ${words} /`,
    root: at,
  };
}

function foldersUpTo(course: Lesson[], { number }: Lesson, at: string): string[] {
  const earlier = course.filter((lesson) => lesson.number <= number);
  return [at, join(at, 'db'), ...earlier.map(({ folder }) => folder)];
}
