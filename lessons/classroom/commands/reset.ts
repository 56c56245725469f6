// npm run reset: answer.ts is the starter again.
//
//   answer.ts  ──►  answer-2026-11-20-13-45-00.ts, and a new answer.ts
//
// Nothing is lost: the copy stays, and what was passed stays passed.

import { constants, copyFileSync, existsSync } from 'node:fs';
import { relative } from 'node:path';
import { Advice } from '../advice.ts';
import { choose } from '../check/choose.ts';
import { lastChecked } from '../check/progress.ts';
import { root } from '../course.ts';
import { stamp } from './fresh.ts';

export async function run(words: string[], at = root): Promise<number> {
  if (words.length === 0) {
    throw new Advice(
      'Say which exercise shall begin anew, for example: npm run reset 4 categories',
    );
  }
  const { exercise, words: rest } = choose(at, words, 'npm run reset', lastChecked(at));
  const { lesson, name, path, starter, answer } = exercise;
  if (rest.length > 0) {
    throw new Advice(
      `"${rest.join(' ')}" means nothing here. ` +
      `Write: npm run reset ${lesson.number} ${name}`,
    );
  }
  const old = existsSync(answer) ? keepCopy(answer, new Date()) : undefined;
  copyFileSync(starter, answer);
  const copy = old ? ` What it was lies in ${relative(at, old).replaceAll('\\', '/')}.` : '';
  console.log(`${path}/answer.ts is the starter again.${copy}`);
  return 0;
}

function keepCopy(answer: string, now: Date): string {
  const dated = `${answer.slice(0, -'.ts'.length)}-${stamp(now)}`;
  let name = `${dated}.ts`;
  for (let copy = 2; existsSync(name); copy++) name = `${dated}-${copy}.ts`;
  copyFileSync(answer, name, constants.COPYFILE_EXCL);
  return name;
}
