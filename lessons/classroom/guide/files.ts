// Files: does the program write into the folder whose changes start it again? Was it led to a file
// by an address?
//
//   writeFile('lessons/11-json-file/orders.json')                  ──►  'data-in-watched-folder'
//   GET /../secret.txt, and readFile('/home/ada/cafe/secret.txt')  ──►  'out-of-the-folder'
//
// Only the calls are watched, and of reading only what an address with ".." in it led to.

import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename, dirname, extname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Look } from './look.ts';
import { entry, fileName, here, isCalledByUs, placeOf } from './place.ts';
import { tell } from './tell.ts';
import { currentVisit } from './visit.ts';
import { wrap } from './wrap.ts';

const told = new Set<string>();

const writing = ['writeFile', 'writeFileSync', 'appendFile', 'appendFileSync', 'createWriteStream'];
const reading = ['readFile', 'readFileSync', 'createReadStream'];

export function watchFiles(): void {
  for (const name of writing) wrap(fs, name, looking);
  for (const name of ['writeFile', 'appendFile']) wrap(fs.promises, name, looking);
  for (const name of reading) wrap(fs, name, noting);
  wrap(fs.promises, 'readFile', noting);
  // `import { writeFile } from 'node:fs'` holds the function of the first moment otherwise.
  syncBuiltinESMExports();
}

function looking(write: (...given: any[]) => any) {
  return function (this: unknown, ...given: any[]) {
    look(given[0]);
    return write.apply(this, given);
  };
}

// The same endings as in watch.ts, which starts the server again.
const watched = ['.ts', '.js', '.html', '.css', '.json'];

function look(target: unknown): void {
  const file = pathOf(target);
  if (file === undefined || told.has(file)) return;
  if (dirname(file) !== dirname(entry()) || !watched.includes(extname(file))) return;
  const moment = here();
  if (!isCalledByUs(moment)) return;
  told.add(file);
  tell({
    code: 'data-in-watched-folder',
    what: `${basename(file)} was written into the folder of the program.`,
    why: 'A change in that folder starts the server again, so each save ends it.',
    try: `Write into a folder for data: join(process.env.DATA_DIR ?? 'data', '${basename(file)}').`,
    lesson: 11,
  }, placeOf(moment), currentVisit());
}

function noting(read: (...given: any[]) => any) {
  return function (this: unknown, ...given: any[]) {
    noteRead(given[0]);
    return read.apply(this, given);
  };
}

function noteRead(target: unknown): void {
  const visit = currentVisit();
  if (visit === undefined || !/(?:\.|%2e){2}/i.test(visit.url)) return;
  const file = pathOf(target);
  if (file !== undefined && visit.url.includes(basename(file))) visit.read = { file, at: here() };
}

/** Looked at when the answer is over: only then is it known that the file was there. */
export const outOfTheFolder: Look = ({ visit, status, bytes }) => {
  const { name, read } = visit;
  if (read === undefined || status !== 200 || bytes === 0) return undefined;
  return {
    code: 'out-of-the-folder',
    what: `${name} led out of the folder: ${fileName(read.file)} was read.`,
    why: 'In a path, ".." leads up, whoever has written it there.',
    try: 'Make no path of what a client sends: ' +
      'look the name up in what the folder lists, readdir(folder), as lesson 13 does.',
    lesson: 13,
    at: placeOf(read.at),
  };
};

function pathOf(target: unknown): string | undefined {
  if (target instanceof URL) return target.protocol === 'file:' ? fileURLToPath(target) : undefined;
  return typeof target === 'string' ? resolve(target) : undefined;
}
