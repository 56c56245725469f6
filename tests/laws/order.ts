// Law: nobody needs what has not been taught yet, and the finished server is all taught.
//
//   lessons/03-address/server.ts  imports  '../04-router/router.ts'  ──►  4 > 3: broken
//   db/journal.ts begins `// Taught in lesson 17`                    ──►  lesson 17's
import { importsIn, type Import } from './code.ts';
import { lessonOf, type Files } from './files.ts';

/** The lesson after which a reader knows this file; undefined when nothing says so. */
export function taughtIn(files: Files, path: string): number | undefined {
  const line = /^\/\/ Taught in lesson (\d\d)\b/.exec(files.get(path) ?? '');
  return lessonOf(path) ?? (line ? Number(line[1]) : undefined);
}

export function importsPointBack(files: Files): string[] {
  return importsIn(files, (path) => taughtIn(files, path) !== undefined)
    .flatMap((one) => wrongPackage(one) ?? pointsAhead(files, one) ?? []);
}

function wrongPackage({ from, line, target, path }: Import): string | undefined {
  if (path !== undefined || target.startsWith('node:')) return;
  return `${from}, line ${line}: imports the package "${target}", but here only Node's own ` +
    `modules are used. Import "node:…", or write what is needed by hand.`;
}

function pointsAhead(files: Files, { from, line, path }: Import): string | undefined {
  if (path === undefined || !files.has(path) || path.startsWith('lessons/classroom/')) return;
  const here = taughtIn(files, from)!;
  const there = taughtIn(files, path);
  if (there === undefined) {
    return `${from}, line ${line}: imports ${path}, which no lesson has taught. ` +
      `Let that file begin with "// Taught in lesson NN", or move it into a lesson.`;
  }
  if (there <= here) return;
  return `${from}, line ${line}: lesson ${here} imports ${path}, which comes in lesson ${there}. ` +
    `Pass in what is needed as a parameter, or change the order of the lessons.`;
}

export function filesSayWhereTaught(files: Files): string[] {
  return [...files.keys()]
    .filter((path) => path.endsWith('.ts') && !/^(lessons|tests)\//.test(path))
    .filter((path) => taughtIn(files, path) === undefined)
    .map((path) => `${path}, line 1: must begin with "// Taught in lesson NN", ` +
      `so that a reader knows when the file may be opened.`);
}

export function finishedServerIsTaught(files: Files): string[] {
  if (!files.has('server.ts')) return ['server.ts is missing: the finished server stands there.'];
  return reachedFrom('server.ts', files)
    .filter((path) => taughtIn(files, path) === undefined)
    .map((path) => `${path}: the finished server needs this file, but no lesson teaches it. ` +
      `Move it into a lesson, or begin it with "// Taught in lesson NN".`);
}

function reachedFrom(start: string, files: Files): string[] {
  const reached = new Set([start]);
  for (const path of reached) {
    for (const one of importsIn(files, (other) => other === path)) {
      if (one.path !== undefined && files.has(one.path)) reached.add(one.path);
    }
  }
  return [...reached];
}
