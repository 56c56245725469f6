// Law: each lesson is a folder of the same shape, and its text has the same headings.
//
//   lessons/04-router/  README.md  server.ts  requests.http
//   # 04 router: the café grows its map  ──►  ## What you will see  ──►  … ──►  ## Exercises
//
// A lesson of two sittings has README-2.md too: those of the same headings that it needs.
import { lessonFolders, type Files } from './files.ts';
import { countWords, fileLinksOf, partsOf } from './markdown.ts';

const headings = [
  'What you will see', 'The idea', 'The code', 'Try it', 'Change it and look again',
  'What this does not do yet', 'The same in other words', 'Exercises',
];

export function lessonsAreWhole(files: Files): string[] {
  return lessonFolders(files).flatMap((folder) => ['README.md', 'server.ts', 'requests.http']
    .filter((name) => !files.has(`${folder}/${name}`))
    .map((name) => `${folder}/${name} is missing: every lesson has one.`));
}

export function lessonsAreNumbered(files: Files): string[] {
  return lessonFolders(files).flatMap((folder, index) => {
    const number = String(index + 1).padStart(2, '0');
    if (folder.startsWith(`lessons/${number}-`)) return [];
    const before = String(index).padStart(2, '0');
    return `${folder}: the lesson after ${before} must be number ${number}. ` +
      'Rename the folder, or add the lesson that is missing.';
  });
}

export function lessonTextsHaveOneShape(files: Files): string[] {
  return lessonFolders(files).flatMap((folder) => {
    const path = `${folder}/README.md`;
    const text = files.get(path);
    if (text === undefined) return [];
    return [...title(path, text), ...order(path, text), ...size(path, text)];
  });
}

export function secondSittingsHaveTheirShape(files: Files): string[] {
  return lessonFolders(files).flatMap((folder) => {
    const path = `${folder}/README-2.md`;
    const text = files.get(path);
    if (text === undefined) return [];
    const first = files.get(`${folder}/README.md`) ?? '';
    return [
      ...link(folder, first), ...title(path, text), ...orderOfSome(path, text), ...size(path, text),
    ];
  });
}

function link(folder: string, first: string): string[] {
  if (fileLinksOf(first).some(({ target }) => target === 'README-2.md')) return [];
  return [`${folder}/README.md: has no link to README-2.md, so nobody would find the second ` +
    'sitting. Link to it at the end.'];
}

function title(path: string, text: string): string[] {
  const name = path.split('/')[1]!.replace('-', ' ');
  const first = text.split('\n')[0]!;
  if (first.startsWith(`# ${name}: `) && first.length > name.length + 4) return [];
  return [`${path}, line 1: is "${first}", ` +
    `but must be "# ${name}: " and what the café can now do.`];
}

function order(path: string, text: string): string[] {
  const found = partsOf(text).headings;
  const at = Array.from({ length: Math.max(found.length, headings.length) }, (_, index) => index)
    .find((index) => found[index] !== headings[index]);
  if (at === undefined) return [];
  const is = found[at] === undefined ? 'missing' : `"${found[at]}"`;
  const should = headings[at] === undefined ? 'there must be no more' : `must be "${headings[at]}"`;
  return [`${path}: heading ${at + 1} is ${is}, but ${should}. ` +
    'Every lesson has the same headings.'];
}

function orderOfSome(path: string, text: string): string[] {
  const found = partsOf(text).headings;
  const wrong = found.find((heading, index) => {
    const before = found[index - 1];
    return !headings.includes(heading) ||
      before !== undefined && headings.indexOf(heading) <= headings.indexOf(before);
  });
  if (wrong !== undefined) {
    return [`${path}: the heading "${wrong}" is not where it should be. A second sitting takes ` +
      `what it needs of these, in this order: ${headings.join(', ')}.`];
  }
  if (found.includes('Try it')) return [];
  return [`${path}: has no "Try it", but each sitting ends with something that runs.`];
}

function size(path: string, text: string): string[] {
  const words = countWords(text);
  if (words >= 300 && words <= 700) return [];
  return [`${path}: has ${words} words outside of code, but a lesson has 300 to 700.`];
}
