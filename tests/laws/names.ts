// Law: one word, one thing. A type that is taught has a name of its own.
//
//   lessons/11-json-file/format.ts    export type Kept = { lastId: … }
//   lessons/14-passwords/password.ts  type Kept = { salt: … }         ──►  one gets another name
//
// A lab is a program for itself and an exercise belongs to the learner, so both may use any name.
import type { Files } from './files.ts';

/** The modules of the lessons and of the database. */
const taught = /^(?:db|lessons\/\d\d-[^/]+)\/[^/]+\.ts$/;
const classroom = /^lessons\/classroom\/.*\.ts$/;

/** Names that the classroom had twice when the law came, one a line. The list only gets shorter. */
const doubleTypes = 'tests/laws/double-types.txt';

export function typesAreNamedOnce(files: Files): string[] {
  const excused = doublesIn(files);
  return [...pathsByType(files)]
    .filter(([, paths]) => paths.length > 1)
    .filter(([name, paths]) => {
      return !excused.includes(name) || paths.filter((path) => taught.test(path)).length > 1;
    })
    .map(([name, paths]) => `${paths.slice(1).join(', ')}: declares the type ${name}, and so ` +
      `does ${paths[0]}. Two things need two names: use the other's type, or name this one ` +
      'after what it is.');
}

/** So that a name which has become single stays so. */
export function doublesAreNeeded(files: Files): string[] {
  const paths = pathsByType(files);
  return doublesIn(files)
    .filter((name) => (paths.get(name) ?? []).length < 2)
    .map((name) => `${doubleTypes}: ${name} is declared once, or nowhere. Take it out.`);
}

function doublesIn(files: Files): string[] {
  return (files.get(doubleTypes) ?? '').split('\n').filter((name) => name !== '');
}

/** A lesson's type comes before that of the classroom. */
function pathsByType(files: Files): Map<string, string[]> {
  const paths = new Map<string, string[]>();
  for (const which of [taught, classroom]) {
    for (const [path, text] of files) {
      if (!which.test(path)) continue;
      for (const name of typesIn(text)) paths.set(name, [...paths.get(name) ?? [], path]);
    }
  }
  return paths;
}

function typesIn(text: string): string[] {
  const form = /^(?:export )?(?:abstract )?(?:type|interface|class|enum) ([A-Z]\w*)\b/gm;
  return [...text.matchAll(form)].map(([, name]) => name!);
}
