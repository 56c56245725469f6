// A known mistake as a program that runs.
//
//   { code: 'T3', slug: 'filter-without-return', base: 'solution.ts', … }
//     ──►  // T3 missing return: filter-without-return
//          // The handler ran and handed nothing back.
//
//          import { createServer } from 'node:http';     the solution from here on,
//          …                                             with the change made to it

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Advice } from '../advice.ts';
import { asIfIn } from './changes.ts';
import type { Exercise } from './exercises.ts';
import type { KnownMistake } from './gallery.ts';
import { applyPatch } from './patch.ts';
import { wrapWords } from '../word-wrap.ts';

/** With imports that lead to the same files from `folder`. Throws Advice where nothing fits. */
export function programOf(
  mistake: KnownMistake,
  exercise: Exercise,
  folder = exercise.folder,
): string {
  const { base, lines, isWhole } = mistake;
  const file = join(exercise.folder, 'proof', base);
  if (!existsSync(file)) {
    throw new Advice(`${lines[0]!.at}: there is no proof/${base} to change. Correct the name.`);
  }
  const body = isWhole
    ? [...lines.map(({ text }) => text), '']
    : applyPatch(bodyOf(readFileSync(file, 'utf8')), lines, base);
  return asIfIn(folder, [...headerOf(mistake), '', ...body].join('\n'), file);
}

function headerOf({ code, name, slug, says }: KnownMistake): string[] {
  const title = `// ${code} ${name}: ${slug}`;
  return says === '' ? [title] : [title, ...wrapWords(says, '// ', '// ', 93)];
}

// What a program says about itself, in the comment at its top, is not true of its mistakes.
function bodyOf(text: string): string[] {
  const lines = text.split(/\r?\n/);
  const start = lines.findIndex((line) => !line.startsWith('//'));
  return lines.slice(start > 0 && lines[start] === '' ? start + 1 : start);
}

/** For a proof: the program in a folder of its own, which is gone afterwards. */
export async function withProgram<Result>(
  mistake: KnownMistake,
  exercise: Exercise,
  root: string,
  use: (file: string) => Promise<Result>,
): Promise<Result> {
  // Beside answer.ts a check in watch mode would notice it; a temporary folder may be on another
  // drive, which no import can reach.
  const parent = join(root, 'lessons', 'classroom', '.running');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'proof-'));
  const file = join(folder, 'answer.ts');
  try {
    writeFileSync(file, programOf(mistake, exercise, folder));
    return await use(file);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}
