// Law: a module appears once, in its final form, and is read in two parts.
//
//   lessons/04-router/router.ts
//     38 lines of code              ◄── what the lesson's requests run: at most 40
//     // ── rare cases ──
//     60 lines of code              ◄── what day one may skip
//
//   lessons/04-router/server.ts     ◄── the wiring: at most 80 lines and 30 statements
import { importsIn, linesOfCode, ownLines } from './code.ts';
import { lessonOf, type Files } from './files.ts';

const rareCases = '// ── rare cases ──';

export function modulesReadInTwoParts(files: Files): string[] {
  return [...files].filter(([path, text]) => isModule(path, text)).flatMap(([path, text]) => {
    const [border, second] = bordersIn(text);
    if (second !== undefined) {
      return `${path}, line ${second + 1}: a second "${rareCases}". ` +
        'A file is read in two parts: take one of the lines out.';
    }
    const upper = linesOfCode(text).slice(0, border).filter((line) => line.trim() !== '');
    if (upper.length <= 40) return [];
    return `${path}: ${upper.length} lines of code stand above "${rareCases}", ` +
      'but a beginner is asked to read at most 40. ' +
      "Move what the lesson's own requests do not need below that line.";
  });
}

function bordersIn(text: string): number[] {
  return text.split('\n').flatMap((line, index) => {
    return line.trimStart().startsWith(rareCases) ? [index] : [];
  });
}

/** A file without any function is data: the menu, say. */
function isModule(path: string, text: string): boolean {
  return /^(lessons\/\d\d-[^/]+|db)\/[^/]+\.ts$/.test(path) &&
    !/(\/server|\.test)\.ts$/.test(path) &&
    /\bfunction\b|=>|\bclass\b/.test(linesOfCode(text).join('\n'));
}

export function wiringIsShort(files: Files): string[] {
  return [...files]
    .filter(([path]) => /^lessons\/\d\d-[^/]+\/server\.ts$/.test(path))
    .flatMap(([path, text]) => [
      ...tooMany(path, ownLines(text).length, 80, 'lines, not counting imports and blank lines'),
      ...tooMany(path, ownLines(text).filter(isStatement).length, 30, 'statements'),
    ]);
}

function tooMany(path: string, count: number, most: number, what: string): string[] {
  if (count <= most) return [];
  return [`${path}: has ${count} ${what}, but wiring has at most ${most}. ` +
    'The next module asks to be born.'];
}

/** Begins in column 0, and neither closes a bracket nor is a comment. */
function isStatement(line: string): boolean {
  return /^[^\s)\]}]/.test(line) && !/^\/[/*]/.test(line);
}

export function nothingIsPatched(files: Files): string[] {
  return [...files].filter(([path]) => lessonOf(path) !== undefined && path.endsWith('.ts'))
    .flatMap(([path, text]) => linesOfCode(text).flatMap((line, index) => (patches(line)
      ? `${path}, line ${index + 1}: changes a prototype, and with it what earlier lessons ` +
        'taught. Wrap the value from outside.'
      : [])));
}

function patches(line: string): boolean {
  return /\.prototype\b[^=;]*[^=!<>]=(?!=)/.test(line) ||
    /Object\.(assign|definePropert\w+)\([^,]*\.prototype\b/.test(line);
}

export function nothingIsTaughtTwice(files: Files): string[] {
  const allowed = 'lessons/25-going-live/server.ts';
  const lines = [...files].filter(([path]) => lessonOf(path) !== undefined && path !== allowed);
  return importsIn(new Map(lines), () => true).filter(({ from, line, path }) => {
    const code = linesOfCode(files.get(from)!)[line - 1]!;
    return /\bexport\s*\*/.test(code) && path !== undefined && lessonOf(path) !== lessonOf(from);
  }).map(({ from, line, path }) => `${from}, line ${line}: hands on all of ${path}, ` +
    `as if it were taught here again. Import from ${path} where it is needed.`);
}
