// A file that cannot be loaded: the server never comes to its first line.
//
//   import { items } from './items';   ──►  'import-without-ending': there is items.ts
//
// Node and what reads TypeScript for an older Node say some of it in different words; each is
// known here.

import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { Cause, Explained, Failure } from './cause.ts';
import { entry, fileName, toPath, type Place } from './place.ts';
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

function noPackage(target: string, at: Place | undefined): Explained {
  return {
    code: 'package-not-there', at,
    what: `The package "${target}" is not installed.`,
    why: 'A name without "./" is looked for in node_modules; ' +
      `a module of Node's own begins with "node:".`,
    try: `For a file of yours write './${target}.ts'; the lessons need no package at all.`,
    lesson: 1,
  };
}

function noFile(path: string, at: Place | undefined): Explained {
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

function noEnding(name: string, at: Place | undefined): Explained {
  return {
    code: 'import-without-ending', at,
    what: `There is no file "${name}", but there is "${name}.ts".`,
    why: 'Node looks for exactly the name that stands in the import, and adds no ending.',
    try: `Write the whole name: '${specifierAt(at)}.ts'.`,
    lesson: 2,
  };
}

function otherEnding(name: string, at: Place | undefined): Explained {
  return {
    code: 'import-without-ending', at,
    what: `There is no file "${name}", but there is "${basename(name, '.js')}.ts".`,
    why: 'Node runs the TypeScript files as they are, so there is no .js beside them.',
    try: 'Write .ts in place of .js.',
    lesson: 2,
  };
}

function importLine(file: string, name: string): Place | undefined {
  const specifier = `['"](?:[^'"]*/)?${literally(name)}['"]`;
  return findLine(new RegExp(`(?:from|import)\\s*\\(?\\s*${specifier}`), file);
}

function specifierAt(at: Place | undefined): string {
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

function importOfType(name: string, at: Place | undefined): Explained {
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

function findImporter(target: string, name: string): Place | undefined {
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

const moreThanTypes: Cause = ({ error, message }) => {
  if (error.code !== 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX') return undefined;
  const isEnum = /enum/i.test(message);
  const form = isEnum ? /^\s*(?:export )?(?:const )?enum\b/ : /namespace|private|public|readonly/;
  return {
    code: 'more-than-types', at: headOf(error.stack) ?? findLine(form),
    what: isEnum ? 'An enum cannot be run.' : 'This piece of TypeScript cannot be run.',
    why: 'Node only erases types, and this is more than a type: ' +
      'it would have to be turned into other code.',
    try: isEnum
      ? "Write a union of texts: type Size = 'small' | 'large'."
      : 'Write it in plain JavaScript: ' +
        'a module for a namespace, a field that the constructor sets.',
    lesson: 2,
  };
};

// esbuild, which reads a file for an older Node, names the place in its message:
// "server.ts:4:2: ERROR: …"
const notReadable: Cause = ({ error, message }) => {
  if (!isSyntax(error) || error.stack === undefined) return undefined;
  const [, file, line, said] = /^(.*):(\d+):\d+: ERROR: (.*)$/m.exec(message) ?? [];
  const at = file === undefined ? headOf(error.stack) : { file: toPath(file), line: Number(line) };
  const problem = (said ?? gistOf(message)).trim().replace(/\.$/, '');
  return {
    code: 'not-readable', at,
    what: `This file cannot be read: ${problem}.`,
    why: 'A bracket, a quote or a comma is missing or too many, here or a few lines above.',
    try: 'Look in your editor for the first red line; ' +
      'each ( { [ and each quote needs its partner.',
    lesson: 1,
  };
};

function isSyntax({ code, name }: Failure['error']): boolean {
  if (code === 'ERR_INVALID_TYPESCRIPT_SYNTAX') return true;
  return name === 'TransformError' || name === 'SyntaxError';
}

/** The first line with a word in it: around it Node draws the code in a frame. */
function gistOf(message: string): string {
  const isText = (line: string) => /\w{3}/.test(line) && !/^\s*[╭│|]/.test(line);
  return message.split('\n').find(isText) ?? message;
}

// A file that cannot be read has no stack yet; Node writes its place above the message.
function headOf(stack = ''): Place | undefined {
  const [, file, line] = /^((?:file:\/\/|\/|[A-Za-z]:[\\/]).*?):(\d+)$/m.exec(stack) ?? [];
  return file === undefined ? undefined : { file: toPath(file), line: Number(line) };
}

const oldNames = /^(require|module|exports|__dirname|__filename) is not defined/;

const oldImport: Cause = ({ message }) => {
  const [, name] = oldNames.exec(message) ?? [];
  if (name === undefined) return undefined;
  return {
    code: 'old-import',
    what: `There is no "${name}" here.`,
    why: 'It belongs to older programs; ' +
      'this one is made of modules, which import and export.',
    try: insteadOf(name),
    lesson: 1,
  };
};

function insteadOf(name: string): string {
  if (!name.startsWith('__')) return "Write import http from 'node:http'.";
  const half = name === '__dirname' ? 'dirname' : 'filename';
  return `Write import.meta.${half}, or new URL('./file', import.meta.url).`;
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

export const loadingCauses: Cause[] = [
  notFound, noSuchExport, moreThanTypes, oldImport, tooEarly, notReadable,
];
