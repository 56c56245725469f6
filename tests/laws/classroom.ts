// Law: the lessons know nothing of the classroom; it watches any server from outside.
//
//   lessons/04-router/router.ts  imports  '../classroom/start.ts'  ──►  broken
//   an exercise's proof/check.ts  `import type`s  classroom/check/…
//     ──►  kept: at run time nothing is left of it
import { importsIn, linesOfCode, type Import } from './code.ts';
import { lessonOf, type Files } from './files.ts';

export function lessonsIgnoreClassroom(files: Files): string[] {
  const imports = importsIn(files, isLesson)
    .filter(({ path }) => path?.startsWith('lessons/classroom/'))
    .filter((one) => !isFormat(one, files.get(one.from)!.split('\n')[one.line - 1]!))
    .map(({ from, line, path }) => `${from}, line ${line}: imports ${path}, but a lesson must ` +
      `run without the classroom. Let the classroom look at the lesson from outside.`);
  return [...imports, ...[...files].flatMap(([path, text]) => namesSwitch(path, text))];
}

function isLesson(path: string): boolean {
  return lessonOf(path) !== undefined || path.startsWith('db/') || path === 'server.ts';
}

function isFormat({ from, path }: Import, line: string): boolean {
  return /\/exercises\/[^/]+\/proof\/check\.ts$/.test(from) &&
    path!.startsWith('lessons/classroom/check/') &&
    /^import type\b/.test(line);
}

function namesSwitch(path: string, text: string): string[] {
  if (!isLesson(path) || !/\.[jt]s$/.test(path)) return [];
  return linesOfCode(text).flatMap((line, index) => (line.includes('CLASSROOM_')
    ? `${path}, line ${index + 1}: names a switch of the classroom ("CLASSROOM_…"), but a ` +
      `lesson must not know that it is being watched. Take the line out.`
    : []));
}
