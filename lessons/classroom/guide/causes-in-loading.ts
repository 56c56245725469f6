// A file that cannot be read: the server never comes to its first line.
//
//   enum Size { small, large }   ──►  'more-than-types'
//   const menu = [ 'tea';        ──►  'not-readable'
//
// Node and what reads TypeScript for an older Node say some of it in different words; each is
// known here.

import type { Cause, Failure } from './cause.ts';
import { toPath, type SourceLocation } from './place.ts';
import { findLine } from './source.ts';

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
function headOf(stack = ''): SourceLocation | undefined {
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

export const loadingCauses: Cause[] = [moreThanTypes, oldImport, notReadable];
