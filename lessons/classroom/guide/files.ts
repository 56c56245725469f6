// Files: does the program write into the folder whose changes start it again?
//
//   writeFile('lessons/11-json-file/orders.json')  ──►  'data-in-watched-folder'
//
// Only the calls are watched, and nothing is said of reading.

import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename, dirname, extname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { entry, here, isCalledByUs, placeOf } from './place.ts';
import { tell } from './tell.ts';
import { currentVisit } from './visit.ts';
import { wrap } from './wrap.ts';

const told = new Set<string>();

export function watchFiles(): void {
  for (const name of ['writeFile', 'writeFileSync', 'appendFile', 'appendFileSync', 'createWriteStream']) wrap(fs, name, looking);
  for (const name of ['writeFile', 'appendFile']) wrap(fs.promises, name, looking);
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
  if (file === undefined || told.has(file) || dirname(file) !== dirname(entry) || !watched.includes(extname(file))) return;
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

function pathOf(target: unknown): string | undefined {
  if (target instanceof URL) return target.protocol === 'file:' ? fileURLToPath(target) : undefined;
  return typeof target === 'string' ? resolve(target) : undefined;
}
