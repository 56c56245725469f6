// The course: which lessons there are, and which of them a word means.
//
//   'lessons/04-router/'
//     ──►  { number: 4, id: '04', name: 'router', title: 'the café grows its map' }
//   '4', '04', 'router' and '04-router' all mean that one
//
// The folders are the list: a lesson that is not there is not built.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Advice } from './advice.ts';

export type Lesson = {
  number: number;
  id: string;
  name: string;
  title: string;
  folder: string;
  server: string;
};

/** How many lessons the finished course has. */
export const lessonCount = 25;

export const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));

const folderForm = /^(\d\d)-([a-z0-9-]+)$/;

export function readCourse(at = root): Lesson[] {
  const names = readdirSync(join(at, 'lessons')).filter((name) => folderForm.test(name));
  return names.sort().map((name) => readLesson(at, name));
}

function readLesson(at: string, folderName: string): Lesson {
  const [, id = '', name = ''] = folderForm.exec(folderName) ?? [];
  const folder = join(at, 'lessons', folderName);
  const server = join(folder, 'server.ts');
  return { number: Number(id), id, name, title: readTitle(folder), folder, server };
}

// The first line of a lesson's README: "# 04 router: the café grows its map"
function readTitle(folder: string): string {
  const file = join(folder, 'README.md');
  if (!existsSync(file)) return '';
  const [line = ''] = readFileSync(file, 'utf8').split(/\r?\n/, 1);
  return line.replace(/^#\s*(\d+ [a-z0-9-]+:)?\s*/, '');
}

/** Throws Advice when no lesson is meant by `word`. */
export function findLesson(course: Lesson[], word: string): Lesson {
  if (isNumber(word) && Number(word) === 0) throw new Advice(lessonZero);
  const found = course.find((lesson) => isMeant(lesson, word.toLowerCase()));
  if (found === undefined) throw new Advice(noSuchLesson(course, word));
  return found;
}

export const lessonZero =
  'Lesson 0 is a text to read, with no server in it: open lessons/README.md.';

function isMeant(lesson: Lesson, word: string): boolean {
  if (isNumber(word)) return lesson.number === Number(word);
  return word === lesson.name || word === `${lesson.id}-${lesson.name}`;
}

function noSuchLesson(course: Lesson[], word: string): string {
  const built = course.map((lesson) => `${lesson.number} ${lesson.name}`);
  const there = built.length === 0 ? 'none yet' : built.join(', ');
  const comes = isNumber(word) && Number(word) <= lessonCount;
  if (comes) return `Lesson ${Number(word)} is not built yet. There are: ${there}.`;
  return `There is no lesson "${word}". There are: ${there}.`;
}

export function isNumber(word: string): boolean {
  return /^\d+$/.test(word);
}

/**
 * Each server keeps its own data: db/data/04, db/data/cafe.
 * Tests put all of it elsewhere, and leave a learner's alone.
 */
export function dataFolder(at: string, id: string): string {
  return join(process.env.CLASSROOM_DATA ?? join(at, 'db', 'data'), id);
}
