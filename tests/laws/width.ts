// Laws: code fits a projector. A line is narrow; a function takes few things and is short.
//
//   const hint = 'Read it when the request has ended, catch …';   131 columns  ──►  at most 100
//   function show(error, request, headers, status, details)      5 parameters  ──►  at most 4
//   export function watch() {  …  }                                  72 lines  ──►  at most 40
import type { Files } from './files.ts';
import { functionsIn, type Found } from './functions.ts';
import { partsOf } from './markdown.ts';

const most = { columns: 100, parameters: 4, lines: 40 };

const narrow = [
  /^server\.ts$/,
  /^db\/.*\.ts$/,
  /^lessons\/.*\.[tj]s$/, // all of the classroom as well
  /^tests\/.*\.ts$/,
];

/** Tests that were wide when the law came, one path a line. The list only gets shorter. */
const wideTests = 'tests/laws/wide-tests.txt';

/** Recordings, .http files and data are not in `narrow`, since they are no code. */
const excepted = [
  /^db\/data\//,
  /^tests\/slips\//, // programs with a mistake in them
  /\/proof\//, // the right and the wrong programs of an exercise
  /\/answer[^/]*\.ts$/, // the learner's own
];

export function linesAreNarrow(files: Files): string[] {
  const excused = wideIn(files);
  return [...shownLines(files)]
    .filter(({ path }) => !excused.includes(path))
    .filter(({ text }) => columnsOf(text) > most.columns)
    .map(({ path, line, text }) => `${path}, line ${line}: is ${columnsOf(text)} columns wide, ` +
      `but a line has at most ${most.columns}. Break a sentence after a phrase with " +", ` +
      'give a long type a name, or write one parameter, entry or call a line.');
}

/** So that a file which has become narrow stays so. */
export function excusesAreNeeded(files: Files): string[] {
  const wide = new Set([...shownLines(files)]
    .filter(({ text }) => columnsOf(text) > most.columns)
    .map(({ path }) => path));
  return wideIn(files)
    .filter((path) => !wide.has(path))
    .map((path) => `${wideTests}: ${path} has no line over ${most.columns} columns any more, ` +
      'or is no file. Take its name out.');
}

function wideIn(files: Files): string[] {
  return (files.get(wideTests) ?? '').split('\n').filter((path) => path !== '');
}

export function functionsTakeFew(files: Files): string[] {
  const excused = wideIn(files);
  return functionsOf(files, (path) => isNarrow(path) && !excused.includes(path))
    .filter(({ parameters }) => parameters > most.parameters)
    .map(({ path, line, name, parameters }) => `${path}, line ${line}: ${name} takes ` +
      `${parameters} parameters, but a function takes at most ${most.parameters}. ` +
      'Put those that belong together into one object, and name its type.');
}

export function classroomFunctionsAreShort(files: Files): string[] {
  return functionsOf(files, isClassroom)
    .filter(({ lines }) => lines > most.lines)
    .map(({ path, line, name, lines }) => `${path}, line ${line}: ${name} has ${lines} lines, ` +
      `but a function of the classroom has at most ${most.lines}. Give its parts names of ` +
      'their own, or make a class of it if it remembers something.');
}

/** A character is a column, also "é" and "☕". */
function columnsOf(line: string): number {
  return [...line].length;
}

function isNarrow(path: string): boolean {
  return narrow.some((form) => form.test(path)) && !isExcepted(path);
}

function isClassroom(path: string): boolean {
  return path.startsWith('lessons/classroom/') && isNarrow(path);
}

function isExcepted(path: string): boolean {
  return excepted.some((form) => form.test(path));
}

type Which = (path: string) => boolean;

function functionsOf(files: Files, which: Which): (Found & { path: string })[] {
  return [...files]
    .filter(([path]) => which(path))
    .flatMap(([path, text]) => functionsIn(text).map((found) => ({ path, ...found })));
}

type Line = { path: string; line: number; text: string };

/** The lines of each file of code, and of the blocks of code on each page. */
function* shownLines(files: Files): Generator<Line> {
  for (const [path, text] of files) {
    if (isNarrow(path)) yield* numbered(path, text.split('\n'), 1);
    if (!path.endsWith('.md') || isExcepted(path)) continue;
    for (const { language, line, lines } of partsOf(text).blocks) {
      if (['ts', 'js'].includes(language)) yield* numbered(path, lines, line + 1);
    }
  }
}

function* numbered(path: string, lines: string[], first: number): Generator<Line> {
  for (const [index, text] of lines.entries()) yield { path, line: first + index, text };
}
