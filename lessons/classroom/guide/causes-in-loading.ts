// A file that cannot be loaded: the server never comes to its first line.
//
//   import { items } from './items';   ──►  'import-without-ending': there is items.ts
//
// Node and what reads TypeScript for an older Node say some of it in different words; each is known here.

import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { Cause } from './cause.ts';
import { entry, fileName, toPath, type Place } from './place.ts';
import { findLine, linesOf, literally } from './source.ts';

const notFound: Cause = ({ error, message }) => {
  const [, kind, target = '', from] = /^Cannot find (module|package) '(.*?)'(?: imported from (.*))?$/m.exec(message) ?? [];
  if (error.code !== 'ERR_MODULE_NOT_FOUND' || kind === undefined) return undefined;
  const file = from === undefined ? entry() : toPath(from);
  if (kind === 'package') return { code: 'package-not-there', at: importLine(file, target), what: `The package "${target}" is not installed.`, why: `A name without "./" is looked for in node_modules; a module of Node's own begins with "node:".`, try: `For a file of yours write './${target}.ts'; the lessons need no package at all.`, lesson: 1 };
  const path = toPath(target);
  const at = importLine(file, basename(path));
  if (existsSync(`${path}.ts`)) return { code: 'import-without-ending', at, what: `There is no file "${basename(path)}", but there is "${basename(path)}.ts".`, why: 'Node looks for exactly the name that stands in the import, and adds no ending.', try: `Write the whole name: '${specifierAt(at)}.ts'.`, lesson: 2 };
  if (/\.js$/.test(path) && existsSync(path.replace(/\.js$/, '.ts'))) return { code: 'import-without-ending', at, what: `There is no file "${basename(path)}", but there is "${basename(path, '.js')}.ts".`, why: 'Node runs the TypeScript files as they are, so there is no .js beside them.', try: 'Write .ts in place of .js.', lesson: 2 };
  return { code: 'import-not-there', at, what: `There is no file "${fileName(path)}".`, why: 'An import names a file, seen from the file that imports it.', try: 'Compare the name with the one on the disk, letter by letter; "../" means one folder up.', lesson: 2 };
};

function importLine(file: string, name: string): Place | undefined {
  return findLine(new RegExp(`(?:from|import)\\s*\\(?\\s*['"](?:[^'"]*/)?${literally(name)}['"]`), file);
}

function specifierAt(at: Place | undefined): string {
  const line = at === undefined ? '' : linesOf(at.file)[at.line - 1] ?? '';
  return /['"]([^'"]+)['"]\s*\)?;?\s*$/.exec(line)?.[1] ?? './name';
}

const noSuchExport: Cause = ({ message }) => {
  const [, target = '', name = ''] = /requested module '(.*?)' does not provide an export named '(.*?)'/.exec(message) ?? [];
  if (name === '') return undefined;
  const at = findImporter(target, name);
  const file = resolve(dirname(at?.file ?? entry()), target.replace(/[?#].*$/, ''));
  const code = linesOf(file);
  const what = `"${target}" exports no "${name}".`;
  if (code.some((line) => new RegExp(`export (?:type|interface) ${literally(name)}\\b`).test(line))) return { code: 'import-of-type', at, what: `"${name}" is a type, and it is imported like a value.`, why: 'Types are erased before the program runs, so there is nothing of that name to import.', try: `Write import { type ${name} }.`, lesson: 2 };
  const names = code.flatMap((line) => /export (?:async )?(?:const|let|function|class)\s+(\w+)/.exec(line)?.[1] ?? []);
  const near = names.find((other) => isNear(other, name));
  return { code: 'import-of-nothing', at, what, why: 'The name in { } must be one that the other file exports, letter by letter.', try: near ? `Perhaps "${near}" is meant.` : names.length > 0 ? `It exports ${names.slice(0, 6).join(', ')}.` : 'Write "export" before what is to be imported.', lesson: 2 };
};

function findImporter(target: string, name: string): Place | undefined {
  const form = new RegExp(`\\b${literally(name)}\\b.*['"]${literally(target)}['"]`);
  return findLine(form) ?? findLine(new RegExp(literally(target)));
}

// Two letters swapped, one wrong, one missing or one too many.
function isNear(one: string, other: string): boolean {
  const sorted = (text: string) => [...text.toLowerCase()].sort().join('');
  if (sorted(one) === sorted(other)) return true;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < Math.min(one.length, other.length) - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  return Math.max(one.length, other.length) - start - end <= 1;
}

const moreThanTypes: Cause = ({ error, message }) => {
  if (error.code !== 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX') return undefined;
  const isEnum = /enum/i.test(message);
  return {
    code: 'more-than-types', at: headOf(error.stack) ?? findLine(isEnum ? /^\s*(?:export )?(?:const )?enum\b/ : /namespace|private|public|readonly/),
    what: isEnum ? 'An enum cannot be run.' : 'This piece of TypeScript cannot be run.',
    why: 'Node only erases types, and this is more than a type: it would have to be turned into other code.',
    try: isEnum ? "Write a union of texts: type Size = 'small' | 'large'." : 'Write it in plain JavaScript: a module for a namespace, a field that the constructor sets.',
    lesson: 2,
  };
};

// esbuild, which reads a file for an older Node, names the place in its message: "server.ts:4:2: ERROR: …"
const notReadable: Cause = ({ error, message }) => {
  const isSyntax = error.code === 'ERR_INVALID_TYPESCRIPT_SYNTAX' || error.name === 'TransformError' || error.name === 'SyntaxError';
  if (!isSyntax || error.stack === undefined) return undefined;
  const [, file, line, said] = /^(.*):(\d+):\d+: ERROR: (.*)$/m.exec(message) ?? [];
  const at = file === undefined ? headOf(error.stack) : { file: toPath(file), line: Number(line) };
  return {
    code: 'not-readable', at,
    what: `This file cannot be read: ${(said ?? message.split('\n').find((text) => /\w{3}/.test(text) && !/^\s*[╭│|]/.test(text)) ?? message).trim().replace(/\.$/, '')}.`,
    why: 'A bracket, a quote or a comma is missing or too many, here or a few lines above.',
    try: 'Look in your editor for the first red line; each ( { [ and each quote needs its partner.',
    lesson: 1,
  };
};

// A file that cannot be read has no stack yet; Node writes its place above the message.
function headOf(stack = ''): Place | undefined {
  const [, file, line] = /^((?:file:\/\/|\/|[A-Za-z]:[\\/]).*?):(\d+)$/m.exec(stack) ?? [];
  return file === undefined ? undefined : { file: toPath(file), line: Number(line) };
}

const oldImport: Cause = ({ message }) => {
  const [, name] = /^(require|module|exports|__dirname|__filename) is not defined/.exec(message) ?? [];
  if (name === undefined) return undefined;
  const isPath = name.startsWith('__');
  return { code: 'old-import', what: `There is no "${name}" here.`, why: 'It belongs to older programs; this one is made of modules, which import and export.', try: isPath ? `Write import.meta.${name === '__dirname' ? 'dirname' : 'filename'}, or new URL('./file', import.meta.url).` : "Write import http from 'node:http'.", lesson: 1 };
};

const tooEarly: Cause = ({ message, place }) => {
  const [, name] = /^Cannot access '(.*?)' before initialization/.exec(message) ?? [];
  if (name === undefined) return undefined;
  const partner = place && findCircle(place.file);
  if (partner) return { code: 'import-in-a-circle', what: `"${name}" was used before it was made.`, why: `${fileName(place.file)} and ${fileName(partner)} import each other, so one of them runs while the other is not ready.`, try: 'Move what both need into a third file.', lesson: 4 };
  return { code: 'used-too-early', what: `"${name}" was used before it was made.`, why: 'A const exists only from its own line on.', try: 'Move its line up, above this one.', lesson: 2 };
};

/** A file that `file` imports and that imports it in turn. */
function findCircle(file: string): string | undefined {
  return importsOf(file).find((other) => importsOf(other).includes(file));
}

function importsOf(file: string): string[] {
  return linesOf(file).flatMap((line) => /^\s*(?:import|export)\b.*['"](\.[^'"]+)['"]/.exec(line)?.[1] ?? []).map((target) => resolve(dirname(file), target));
}

export const loadingCauses: Cause[] = [notFound, noSuchExport, moreThanTypes, oldImport, tooEarly, notReadable];
