// An import that leads nowhere, or in a circle: the server never comes to its first line.
//
//   import { items } from './items';     ──►  'import-without-ending': there is items.ts
//   import { itmes } from './items.ts';  ──►  'import-of-nothing': perhaps "items" is meant

import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { Cause, Explained } from './cause.ts';
import { entry, fileName, toPath, type SourceLocation } from './place.ts';
import { findLine, lineAt, linesOf, literally } from './source.ts';

const notFoundForm = /^Cannot find (module|package) '(.*?)'(?: imported from (.*))?$/m;

const notFound: Cause = ({ error, message }) => {
  const [, kind, target = '', from] = notFoundForm.exec(message) ?? [];
  if (error.code !== 'ERR_MODULE_NOT_FOUND' || kind === undefined) return undefined;
  const file = from === undefined ? entry() : toPath(from);
  if (kind === 'package') return noPackage(target, importLine(file, target));
  const path = toPath(target);
  return noFile(path, importLine(file, basename(path)));
};

function noPackage(target: string, at: SourceLocation | undefined): Explained {
  return {
    code: 'package-not-there', at,
    what: `The package "${target}" is not installed.`,
    why: 'A name without "./" is looked for in node_modules; ' +
      `a module of Node's own begins with "node:".`,
    try: `For a file of yours write './${target}.ts'; the lessons need no package at all.`,
    lesson: 1,
  };
}

function noFile(path: string, at: SourceLocation | undefined): Explained {
  const name = basename(path);
  if (existsSync(`${path}.ts`)) return noEnding(name, at);
  if (/\.js$/.test(path) && existsSync(path.replace(/\.js$/, '.ts'))) return otherEnding(name, at);
  return {
    code: 'import-not-there', at,
    what: `There is no file "${fileName(path)}".`,
    why: 'An import names a file, seen from the file that imports it.',
    try: 'Compare the name with the one on the disk, letter by letter; ' +
      '"../" means one folder up.',
    lesson: 2,
  };
}

function noEnding(name: string, at: SourceLocation | undefined): Explained {
  return {
    code: 'import-without-ending', at,
    what: `There is no file "${name}", but there is "${name}.ts".`,
    why: 'Node looks for exactly the name that stands in the import, and adds no ending.',
    try: `Write the whole name: '${specifierAt(at)}.ts'.`,
    lesson: 2,
  };
}

function otherEnding(name: string, at: SourceLocation | undefined): Explained {
  return {
    code: 'import-without-ending', at,
    what: `There is no file "${name}", but there is "${basename(name, '.js')}.ts".`,
    why: 'Node runs the TypeScript files as they are, so there is no .js beside them.',
    try: 'Write .ts in place of .js.',
    lesson: 2,
  };
}

function importLine(file: string, name: string): SourceLocation | undefined {
  const specifier = `['"](?:[^'"]*/)?${literally(name)}['"]`;
  return findLine(new RegExp(`(?:from|import)\\s*\\(?\\s*${specifier}`), file);
}

function specifierAt(at: SourceLocation | undefined): string {
  return /['"]([^'"]+)['"]\s*\)?;?\s*$/.exec(lineAt(at))?.[1] ?? './name';
}

const noExportForm = /requested module '(.*?)' does not provide an export named '(.*?)'/;

const noSuchExport: Cause = ({ message }) => {
  const [, target = '', name = ''] = noExportForm.exec(message) ?? [];
  if (name === '') return undefined;
  const at = findImporter(target, name);
  const code = linesOf(resolve(dirname(at?.file ?? entry()), target.replace(/[?#].*$/, '')));
  const type = new RegExp(`export (?:type|interface) ${literally(name)}\\b`);
  if (code.some((line) => type.test(line))) return importOfType(name, at);
  return {
    code: 'import-of-nothing', at,
    what: `"${target}" exports no "${name}".`,
    why: 'The name in { } must be one that the other file exports, letter by letter.',
    try: adviseExport(exportsOf(code), name),
    lesson: 2,
  };
};

function importOfType(name: string, at: SourceLocation | undefined): Explained {
  return {
    code: 'import-of-type', at,
    what: `"${name}" is a type, and it is imported like a value.`,
    why: 'Types are erased before the program runs, ' +
      'so there is nothing of that name to import.',
    try: `Write import { type ${name} }.`,
    lesson: 2,
  };
}

function exportsOf(code: string[]): string[] {
  const form = /export (?:async )?(?:const|let|function|class)\s+(\w+)/;
  return code.flatMap((line) => form.exec(line)?.[1] ?? []);
}

function adviseExport(names: string[], name: string): string {
  const near = names.find((other) => isNear(other, name));
  if (near) return `Perhaps "${near}" is meant.`;
  if (names.length > 0) return `It exports ${names.slice(0, 6).join(', ')}.`;
  return 'Write "export" before what is to be imported.';
}

function findImporter(target: string, name: string): SourceLocation | undefined {
  const form = new RegExp(`\\b${literally(name)}\\b.*['"]${literally(target)}['"]`);
  return findLine(form) ?? findLine(new RegExp(literally(target)));
}

// Two letters swapped, one wrong, one missing or one too many.
function isNear(one: string, other: string): boolean {
  const sorted = (text: string) => [...text.toLowerCase()].sort().join('');
  if (sorted(one) === sorted(other)) return true;
  const shortest = Math.min(one.length, other.length);
  const longest = Math.max(one.length, other.length);
  let start = 0;
  while (start < shortest && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < shortest - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  return longest - start - end <= 1;
}

const tooEarly: Cause = ({ message, place }) => {
  const [, name] = /^Cannot access '(.*?)' before initialization/.exec(message) ?? [];
  if (name === undefined) return undefined;
  const what = `"${name}" was used before it was made.`;
  const partner = place && findCircle(place.file);
  if (partner) return importCircle(what, fileName(place.file), fileName(partner));
  return {
    code: 'used-too-early',
    what,
    why: 'A const exists only from its own line on.',
    try: 'Move its line up, above this one.',
    lesson: 2,
  };
};

function importCircle(what: string, one: string, other: string): Explained {
  return {
    code: 'import-in-a-circle',
    what,
    why: `${one} and ${other} import each other, ` +
      'so one of them runs while the other is not ready.',
    try: 'Move what both need into a third file.',
    lesson: 4,
  };
}

/** A file that `file` imports and that imports it in turn. */
function findCircle(file: string): string | undefined {
  return importsOf(file).find((other) => importsOf(other).includes(file));
}

function importsOf(file: string): string[] {
  const form = /^\s*(?:import|export)\b.*['"](\.[^'"]+)['"]/;
  const targets = linesOf(file).flatMap((line) => form.exec(line)?.[1] ?? []);
  return targets.map((target) => resolve(dirname(file), target));
}

export const importCauses: Cause[] = [notFound, noSuchExport, tooEarly];
