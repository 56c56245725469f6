// npm run lesson: the course as a list, or one lesson's server.
//
//   npm run lesson              ──►  what there is
//   npm run lesson 4            ──►  lessons/04-router/server.ts, again at every save
//   npm run lesson 4 raw        ──►  the same on real Node
//   npm run lesson 4 port 3001  ──►  the same somewhere else

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Advice } from '../advice.ts';
import {
  dataFolder, findLesson, isNumber, lessonCount, lessonZero, readCourse, root, type Lesson,
} from '../course.ts';
import { keepRunning, type Kept } from '../keep.ts';
import { runRaw } from '../raw.ts';
import { readWords } from '../words.ts';

export async function run([word, ...words]: string[], at = root): Promise<number> {
  const course = readCourse(at);
  if (word === undefined) return tell(listCourse(course));
  if (isNumber(word) && Number(word) === 0) return tell(lessonZero);
  const lesson = findLesson(course, word);
  const { raw, port } = readWords(words, `npm run lesson ${lesson.number}`);
  if (!existsSync(lesson.server)) {
    throw new Advice(`Lesson ${lesson.number} has no server.ts in it, so there is nothing to run.`);
  }
  const kept = { ...keptLesson(course, lesson, at), port };
  return raw ? runRaw(kept) : keepRunning(kept);
}

function tell(text: string): number {
  console.log(text);
  return 0;
}

export function listCourse(course: Lesson[]): string {
  const width = Math.max(0, ...course.map((lesson) => lesson.name.length));
  const lines = course.map(({ number, name, title }) => {
    return `  ${String(number).padStart(2)}  ${name.padEnd(width)}  ${title}`.trimEnd();
  });
  const start = 'start'.padEnd(width);
  const zero = `   0  ${start}  what you need before you start (a text: lessons/README.md)`;
  const first = course[0]?.number ?? 1;
  const example = `Begin with: npm run lesson ${first}`;
  return ['The lessons:', '', zero, ...lines, '', ...sayMissing(course), example].join('\n');
}

function sayMissing(course: Lesson[]): string[] {
  const next = (course.at(-1)?.number ?? 0) + 1;
  if (next > lessonCount) return [];
  if (next === lessonCount) return [`Lesson ${next} is not built yet (${lessonCount} in all).`];
  return [`Lessons ${next} to ${lessonCount} are not built yet (${lessonCount} in all).`];
}

function keptLesson(course: Lesson[], lesson: Lesson, at: string): Omit<Kept, 'port'> {
  const earlier = course.filter(({ number }) => number <= lesson.number);
  return {
    label: `Lesson ${lesson.number}, ${lesson.name}`,
    command: `npm run lesson ${lesson.number}`,
    id: lesson.id,
    file: lesson.server,
    folders: [at, join(at, 'db'), ...earlier.map(({ folder }) => folder)],
    dataDir: dataFolder(at, lesson.id),
    hint: `In a second terminal: npm run try ${lesson.number}`,
    root: at,
  };
}
