// What goes wrong between a program and its files.
//
//   JSON.parse(await readFile('orders.json'))  and half of it is there  ──►  'file-not-json'
//   writeFile('data/orders.json', …)           and there is no data/    ──►  'folder-not-there'
//   file.appendFile(line)                      and it is closed         ──►  'file-closed'

import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { Cause } from './cause.ts';
import { unreadable } from './json.ts';
import { lineCauses } from './causes-in-lines.ts';
import { fileName } from './place.ts';
import { fileOf } from './saves.ts';
import { findLine, lineAt } from './source.ts';

type FileError = NodeJS.ErrnoException & { path?: string };

const fileNotJson: Cause = ({ error }) => {
  const text = unreadable.get(error);
  const file = fileOf(text);
  if (file === undefined || typeof text !== 'string') return undefined;
  return {
    code: 'file-not-json',
    what: text.trim() === ''
      ? `${basename(file)} is empty.`
      : `${basename(file)} is not JSON, or not all of it is there.`,
    why: 'Perhaps a save was cut short: writeFile() empties the file before it fills it.',
    try: 'Do not take it for an empty list, or the next save will overwrite it; ' +
      'and save with swapIn() of lesson 11.',
    lesson: 11,
  };
};

const saveCall = /\b(?:writeFile|appendFile|createWriteStream)(?:Sync)?\(/;

const noFolder: Cause = ({ error, place }) => {
  const { code, path = '', syscall } = error as FileError;
  const folder = dirname(resolve(path));
  if (code !== 'ENOENT' || syscall !== 'open' || path === '') return undefined;
  if (existsSync(folder)) return undefined;
  return {
    code: 'folder-not-there', at: place ?? findLine(saveCall),
    what: `There is no folder "${fileName(folder)}", so there can be no ${basename(path)} in it.`,
    why: 'Node makes a file that it is to write, but not the folders around it.',
    try: 'Make the folder first: await mkdir(folder, { recursive: true }).',
    lesson: 11,
  };
};

const dataForm = /^The "data" argument must be of type string.*Received (.*)$/s;

const objectIntoFile: Cause = ({ message }) => {
  const [, kind] = dataForm.exec(message) ?? [];
  if (kind === undefined) return undefined;
  return {
    code: 'object-into-file',
    what: `A file was to be written with ${sayKind(kind)}.`,
    why: 'A file holds text or bytes, and Node does not guess how a value shall become text.',
    try: 'Make JSON of it: writeFile(file, JSON.stringify(value)).',
    lesson: 11,
  };
};

function sayKind(kind: string): string {
  if (/Array/.test(kind)) return 'a list';
  if (/undefined/.test(kind)) return 'undefined';
  return /Promise/.test(kind) ? 'a promise' : 'an object';
}

const callbackForm = /^The "(?:cb|callback)" argument must be of type function/;

const noCallback: Cause = ({ error, message, place }) => {
  if (error.code !== 'ERR_INVALID_ARG_TYPE' || !callbackForm.test(message)) return undefined;
  const call = lineAt(place).replace(/^.*\bawait\s+/, '');
  const [, name = 'writeFile'] = /\b(\w+)\s*\(/.exec(call) ?? [];
  return {
    code: 'callback-missing',
    what: `${name}() of node:fs was called without a function for the time when it is done.`,
    why: 'There are two of that name: the one of node:fs calls a function in the end, ' +
      'the one of node:fs/promises can be awaited.',
    try: `Import it from 'node:fs/promises', and write: await ${name}(…).`,
    lesson: 11,
  };
};

// Node 20 says ASSERTION.
const jsonCode = /^ERR_IMPORT_(?:ATTRIBUTE|ASSERTION)(?:_TYPE)?_MISSING$/;

const jsonImported: Cause = ({ error, message }) => {
  if (!jsonCode.test(error.code ?? '')) return undefined;
  const name = basename(/([^/\\"]+\.json)/.exec(message)?.[1] ?? 'data.json');
  return {
    code: 'json-imported', at: findLine(/\bimport\b.*\.json['"]/),
    what: `${name} was imported like a module.`,
    why: 'Node wants to be told that it is JSON; ' +
      'and what is imported is read once, so later changes are not seen.',
    try: `Read it: JSON.parse(await readFile(new URL('./${name}', import.meta.url), 'utf8')).`,
    lesson: 11,
  };
};

const pathFromRoot: Cause = ({ error, visit }) => {
  const { code, path = '' } = error as FileError;
  const [asked = ''] = (visit?.url ?? '').split('?');
  if (code !== 'ENOENT' || asked === '/' || !asked.startsWith('/')) return undefined;
  if (resolve(asked) !== resolve(path)) return undefined;
  return {
    code: 'path-from-the-root',
    what: `${asked} was looked for at the root of the disk.`,
    why: 'A path that begins with "/" begins there, and the address of a request always does.',
    try: 'Make no path of what a client sends: ' +
      'look the name up in what the folder lists, readdir(folder), as lesson 13 does.',
    lesson: 13,
  };
};

const closedBefore: Cause = ({ error, message }) => {
  if (error.code !== 'EBADF' || message !== 'file closed') return undefined;
  return {
    code: 'file-closed',
    what: 'A file was used after its close().',
    why: 'What open() gave is of no use from then on, for no request that comes later.',
    try: 'Open it once, when the program starts, and leave it open; ' +
      'or open and close it in each request.',
    lesson: 17,
  };
};

// On Windows the same is not permitted (EPERM).
const openedOtherwise: Cause = ({ error }) => {
  const { code, syscall = '' } = error as FileError;
  if (code !== 'EBADF' && code !== 'EPERM') return undefined;
  if (syscall !== 'read' && syscall !== 'write') return undefined;
  const isWrite = syscall === 'write';
  const meant = isWrite ? "open(file) means open(file, 'r')" : '"a" and "w" mean writing only';
  return {
    code: 'opened-otherwise',
    what: isWrite
      ? 'A file that was opened for reading only was to be written.'
      : 'A file that was opened for writing only was to be read.',
    why: `${meant}, and what a file is for is said when it is opened.`,
    try: "Open it with 'r+' to read and write it where you like, " +
      "or with 'a+' to read it and write at its end.",
    lesson: 17,
  };
};

export const fileCauses: Cause[] = [
  pathFromRoot, closedBefore, openedOtherwise, ...lineCauses, fileNotJson, noFolder,
  objectIntoFile, noCallback, jsonImported,
];
