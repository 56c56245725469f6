// Law: prose is bound to code. What a README quotes stands in the file, where it links to exists.
//
//   ```ts router.ts    ──►  those lines, in this order, in the lesson's router.ts
//   ```ts db/log.ts    ──►  a name with a slash is a path from the root
//   ```js              ──►  bound to nothing: only where another framework is shown, or a change
import { posix } from 'node:path';
import { lessonOf, type Files } from './files.ts';
import { fileLinksOf, partsOf, type Block } from './markdown.ts';

const elsewhere = 'The same in other words';
const change = 'Change it and look again';

export function quotesAreVerbatim(files: Files): string[] {
  return blocksIn(files).filter(({ block }) => block.file !== '').flatMap(({ path, block }) => {
    const isPath = block.file.includes('/');
    const file = isPath ? block.file : posix.join(posix.dirname(path), block.file);
    const text = files.get(file);
    if (text === undefined) {
      return `${path}, line ${block.line}: quotes ${file}, but there is no such file. ` +
        'Correct the name behind the fence.';
    }
    if (block.lines.length > 0 && holds(text, block.lines)) return [];
    return `${path}, line ${block.line}: this block does not stand in ${file} as it is shown. ` +
      'Copy those lines again, with their indentation.';
  });
}

function holds(text: string, lines: string[]): boolean {
  return `\n${text}\n`.includes(`\n${lines.join('\n')}\n`);
}

export function quotesAreFew(files: Files): string[] {
  const quotes = blocksIn(files)
    .filter(({ block }) => block.heading === 'The code' && block.file !== '');
  return [...new Set(quotes.map(({ path }) => path))]
    .map((path) => ({ path, count: quotes.filter((quote) => quote.path === path).length }))
    .filter(({ count }) => count > 6)
    .map(({ path, count }) => `${path}: "The code" quotes ${count} blocks, ` +
      'but a walk has at most six stops. Leave out what the reader can find alone.');
}

export function looseBlocksAreRare(files: Files): string[] {
  const blocks = blocksIn(files).filter(({ path }) => lessonOf(path) !== undefined);
  return blocks.flatMap(({ path, block }) => {
    const slip = looseSlip(block);
    return slip === undefined ? [] : `${path}, line ${block.line}: ${slip}`;
  });
}

function looseSlip({ file, language, heading, lines }: Block): string | undefined {
  if (file !== '') return;
  if (heading === elsewhere && language !== 'sh' && lines.length > 5) {
    return `this block has ${lines.length} lines, ` +
      'but the same step elsewhere is shown in at most five.';
  }
  if (['sh', 'text'].includes(language) || heading === elsewhere) return;
  if (heading === change && ['js', 'ts'].includes(language)) return;
  return 'this block names no file, so nothing keeps it true. ' +
    `Write the file's name behind "\`\`\`${language}", ` +
    'or use ```sh for commands and ```text for what they print.';
}

export function fencesAreSeen(files: Files): string[] {
  return readmes(files).flatMap(([path, text]) => partsOf(text).slips.map((line) =>
    `${path}, line ${line}: this fence is not closed, or does not open with \`\`\` ` +
      'at the very start of its line, so the tests would not see the block.'));
}

export function linksLeadSomewhere(files: Files): string[] {
  return readmes(files).flatMap(([path, text]) => fileLinksOf(text)
    .filter(({ target }) => !exists(files, pathOf(target, path)))
    .map(({ line, target }) => `${path}, line ${line}: links to "${target}", ` +
      'but there is nothing. Correct the link.'));
}

function pathOf(target: string, page: string): string {
  return posix.join(posix.dirname(page), decodeURI(target.replace(/[?#].*/, '')));
}

function exists(files: Files, target: string): boolean {
  const folder = target.endsWith('/') ? target : `${target}/`;
  if (folder === './' || files.has(target)) return true;
  return [...files.keys()].some((path) => path.startsWith(folder));
}

function readmes(files: Files): [string, string][] {
  return [...files].filter(([path]) => /(^|\/)(README(-2)?|CONTRIBUTING|SECURITY)\.md$/.test(path));
}

function blocksIn(files: Files): { path: string; block: Block }[] {
  return readmes(files).flatMap(([path, text]) => {
    return partsOf(text).blocks.map((block) => ({ path, block }));
  });
}
