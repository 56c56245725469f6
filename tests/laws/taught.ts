// Law: a file that is opened is taught. What a page quotes is short, and all of it is on a page.
//
//   ```ts router.ts            ◄── README 04 opens this file: it has at most 80 lines
//   export function router(    ◄── on the page, word for word
//   …
//   function addRoute(         ◄── on the page by its name: "`addRoute` puts one route …"
//
// What the page does not teach is in another file, whose name says what it holds.
import { posix } from 'node:path';
import { lessonOf, type Files } from './files.ts';
import { functionsIn } from './functions.ts';
import { partsOf } from './markdown.ts';

const most = 80;

type Page = { lesson: number; path: string; text: string };

export function openedFilesAreTaught(files: Files): string[] {
  return openedIn(files)
    .flatMap(([file, page]) => [...tooLong(files, file, page), ...untaught(files, file, page)]);
}

function tooLong(files: Files, file: string, { path }: Page): string[] {
  const { length } = files.get(file)!.trimEnd().split('\n');
  if (length <= most) return [];
  return [`${file}: has ${length} lines, but ${path} opens it, and a file that is opened has at ` +
    `most ${most}. Move what the page does not teach to a file whose name says what it holds.`];
}

function untaught(files: Files, file: string, { lesson, path }: Page): string[] {
  const text = files.get(file)!;
  const lines = taughtLines(files, file, lesson);
  return functionsIn(text)
    .filter(({ line }) => isFunction(text.split('\n')[line - 1]!) && !lines.has(line))
    .map(({ name, line }) => `${file}, line ${line}: ${name} is on no page up to ${path}. ` +
      `Quote it, name it in a sentence, or move it to another file.`);
}

/** At the top of its file, and no type of one. */
function isFunction(line: string): boolean {
  return /^\S/.test(line) && !/^(export )?type\b/.test(line);
}

/** Each file that a lesson's page quotes, wiring and tests left out, with the first such page. */
function openedIn(files: Files): [string, Page][] {
  const opened = new Map<string, Page>();
  for (const page of pagesIn(files)) {
    for (const file of quotedIn(page)) {
      const isModule = files.has(file) && !/(\/server|\.test)\.ts$/.test(file);
      if (isModule && !opened.has(file)) opened.set(file, page);
    }
  }
  return [...opened];
}

/** The lines of this file that a page up to this lesson quotes, or whose function it names. */
export function taughtLines(files: Files, file: string, lesson: number): Set<number> {
  const pages = pagesIn(files).filter((page) => page.lesson <= lesson);
  const text = files.get(file) ?? '';
  const lines = namedLines(text, new Set(pages.flatMap((page) => namesIn(page.text))));
  for (const page of pages) {
    const quotes = partsOf(page.text).blocks.filter((block) => pathOf(page, block.file) === file);
    for (const line of quotes.flatMap((block) => linesHeld(text, block.lines))) lines.add(line);
  }
  return lines;
}

function pagesIn(files: Files): Page[] {
  return [...files].filter(([path]) => /^lessons\/\d\d-[^/]+\/README[^/]*\.md$/.test(path))
    .map(([path, text]) => ({ lesson: lessonOf(path)!, path, text }))
    .sort((a, b) => a.lesson - b.lesson || a.path.localeCompare(b.path));
}

function quotedIn(page: Page): string[] {
  const names = partsOf(page.text).blocks.map(({ file }) => file);
  return names.filter((file) => file.endsWith('.ts')).map((file) => pathOf(page, file));
}

function pathOf(page: Page, file: string): string {
  return file.includes('/') ? file : posix.join(posix.dirname(page.path), file);
}

/** The words between backticks: `router(routes)` holds "router" and "routes". */
function namesIn(text: string): string[] {
  const quoted = partsOf(text).prose.flatMap((line) => line.text.match(/`[^`]+`/g) ?? []);
  return quoted.flatMap((code) => code.match(/[\w$]+/g) ?? []);
}

function namedLines(text: string, words: Set<string>): Set<number> {
  const named = functionsIn(text).filter(({ name }) => words.has(name.replace(/[#()]/g, '')));
  return new Set(named.flatMap(({ line, lines }) =>
    Array.from({ length: lines }, (_, index) => line + index)));
}

function linesHeld(text: string, lines: string[]): number[] {
  const before = `\n${text}\n`.split(`\n${lines.join('\n')}\n`)[0]!;
  if (before.length > text.length) return [];
  const first = before.split('\n').length;
  return lines.map((_, index) => first + index);
}
