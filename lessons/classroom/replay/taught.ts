// Taught: which lines of a lesson are looked at, and which are folded away in a replay.
//
//   lessons/04-router/router.ts     ──►  yes: README 04 quotes it, so the reader opens it
//   lessons/02-reply/check-reply.ts ──►  no: no page opens it
//   below "── rare cases ──"        ──►  no
//
// The lesson's own folder is never folded: it is what is being learned. Nor is the learner's file.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { readCourse, type Lesson } from '../course.ts';

export type Taught = {
  /** Quoted on a page up to this lesson, or the lesson's own; above its rare cases. */
  isTaught(file: string, line: number): boolean;
  /** In the folder of the lesson, of the file that was served, or in `db/` if taught here. */
  isOwn(file: string): boolean;
};

/** `file` is what was served, from the root on; paths have forward slashes. */
export function taughtIn(at: string, file: string): Taught {
  const folder = dirname(file).replaceAll('\\', '/');
  const lesson = lessonOf(at, file);
  const opened = new Set(lesson ? openedUpTo(at, lesson) : []);
  const borders = new Map<string, number>();
  const isOwn = (path: string) => path.startsWith(`${folder}/`) || isTaughtHere(at, path, lesson);
  return {
    isOwn,
    isTaught(path, line) {
      if (!borders.has(path)) borders.set(path, borderOf(join(at, path)));
      return (isOwn(path) || opened.has(path)) && line < borders.get(path)!;
    },
  };
}

/** The café's own server.ts is the last lesson's. */
function lessonOf(at: string, file: string): Lesson | undefined {
  const course = readCourse(at);
  const [, id] = /(?:^|\/)lessons\/(\d\d)-/.exec(file.replaceAll('\\', '/')) ?? [];
  return course.find((lesson) => lesson.id === id) ?? course.at(-1);
}

function openedUpTo(at: string, { number }: Lesson): string[] {
  return readCourse(at).filter((lesson) => lesson.number <= number).flatMap((lesson) => {
    const folder = `lessons/${lesson.id}-${lesson.name}`;
    const pages = readdirSync(lesson.folder).filter((name) => /^README.*\.md$/.test(name));
    return pages.flatMap((page) => quotedIn(readFileSync(join(lesson.folder, page), 'utf8')))
      .map((name) => (name.includes('/') ? name : posix.join(folder, name)));
  });
}

/** The names behind "```ts": the files that the page quotes. */
function quotedIn(page: string): string[] {
  return [...page.matchAll(/^```ts (\S+)/gm)].map(([, name = '']) => name);
}

function isTaughtHere(at: string, path: string, lesson: Lesson | undefined): boolean {
  if (!path.startsWith('db/') || !existsSync(join(at, path))) return false;
  const text = readFileSync(join(at, path), 'utf8');
  const [, number] = /^\/\/ Taught in lesson (\d+)/.exec(text) ?? [];
  return Number(number) === lesson?.number;
}

function borderOf(path: string): number {
  if (!existsSync(path)) return Infinity;
  const lines = readFileSync(path, 'utf8').split('\n');
  const border = lines.findIndex((line) => line.includes('── rare cases ──'));
  return border < 0 ? Infinity : border + 1;
}
