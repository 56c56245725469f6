// Saves: is a file whole, where it belongs, and there before somebody is told so?
//
//   writeFile(file, a); writeFile(file, b);   ──►  'two-saves-at-once'
//   writeFile(file, a); res.end('Saved');     ──►  'answered-before-saved'; appendFile() too
//   writeFile('orders.json', a)               ──►  'file-where-started', unless the program
//                                                  itself is in that folder
//
// Only calls are watched, from their begin to their end; what is read is remembered for an error.

import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename, dirname, extname, isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Look } from './look.ts';
import { entry, here, isCalledByUs, placeOf } from './place.ts';
import { tell } from './tell.ts';
import { currentVisit, type Visit } from './visit.ts';
import { wrap } from './wrap.ts';

type Call = 'writeFile' | 'appendFile';
type Saving = { call: Call; file: string; visit: Visit | undefined; at: Error };
const running = new Set<Saving>();

/** Texts that came out of a file lately, and which one it was. */
const read = new Map<string, string>();
const mostRead = 20;

export function watchSaves(): void {
  for (const name of ['writeFile', 'appendFile'] as const) {
    watchPromised(name);
    watchCalledBack(name);
    wrap(fs, `${name}Sync`, lookingAtPath);
  }
  watchReading();
  syncBuiltinESMExports();
}

function watchPromised(name: Call): void {
  wrap(fs.promises, name, (write) => function (...given) {
    const saving = begin(name, given[0]);
    const result: Promise<unknown> = write.apply(this, given);
    return saving ? result.finally(() => running.delete(saving)) : result;
  });
}

function watchCalledBack(name: Call): void {
  wrap(fs, name, (write) => function (...given) {
    const saving = begin(name, given[0]);
    const done = given.at(-1);
    if (!saving || typeof done !== 'function') return write.apply(this, given);
    function end(...result: unknown[]) {
      running.delete(saving!);
      done(...result);
    }
    return write.apply(this, [...given.slice(0, -1), end]);
  });
}

function lookingAtPath(write: (...given: any[]) => any) {
  return function (this: unknown, ...given: any[]) {
    const moment = here();
    if (isCalledByUs(moment)) lookAtPath(given[0], moment);
    return write.apply(this, given);
  };
}

function begin(call: Call, target: unknown): Saving | undefined {
  const file = pathOf(target);
  const moment = here();
  if (file === undefined || !isCalledByUs(moment)) return undefined;
  lookAtPath(target, moment);
  const saving = { call, file, visit: currentVisit(), at: moment };
  if (call === 'writeFile' && isWritten(file)) tellTwo(saving);
  running.add(saving);
  return saving;
}

function isWritten(file: string): boolean {
  return [...running].some((other) => other.call === 'writeFile' && other.file === file);
}

function tellTwo({ file, visit, at }: Saving): void {
  tell({
    code: 'two-saves-at-once',
    what: `Two saves of ${basename(file)} ran at the same time.`,
    why: 'Each writes the whole file as it knows it: ' +
      'the slower one wipes out the other, or their pieces mix.',
    try: 'Begin a save when the one before is over: ' +
      '"await" it in a loop, or use oneAfterTheOther() of lesson 11.',
    lesson: 11,
  }, placeOf(at), visit);
}

function lookAtPath(target: unknown, moment: Error): void {
  if (typeof target !== 'string' || isAbsolute(target)) return;
  const file = resolve(target);
  if (dirname(file) === dirname(entry()) || isData(file)) return;
  tell({
    code: 'file-where-started',
    what: `${basename(target)} was written into the folder where the program was started.`,
    why: 'Next time it may be started somewhere else, and will not find its file.',
    try: 'Put a folder in front of the name that is always the same: ' +
      `join(process.env.DATA_DIR ?? import.meta.dirname + '/data', '${basename(target)}').`,
    lesson: 11,
  }, placeOf(moment), currentVisit());
}

function isData(file: string): boolean {
  const folder = process.env.DATA_DIR;
  return folder !== undefined && file.startsWith(resolve(folder));
}

/** For the looks at an answer that is over. */
export const answeredBeforeSaved: Look = ({ visit, status }) => {
  const { name, method } = visit;
  if (status >= 400 || method === 'GET' || method === 'HEAD') return undefined;
  const saving = [...running].find((one) => one.visit === visit && !isLog(one));
  if (saving === undefined) return undefined;
  return {
    code: 'answered-before-saved', at: placeOf(saving.at),
    what: `${name} was answered while ${basename(saving.file)} was still being saved.`,
    why: 'If that save fails, or the plug is pulled, ' +
      'the guest has been told of something that nobody kept.',
    try: 'Put "await" before the save, and answer after it.',
    lesson: 11,
  };
};

// A line of a log is promised to nobody, and need not be waited for.
function isLog({ call, file }: Saving): boolean {
  return call === 'appendFile' && extname(file) === '.log';
}

/** All that is known of texts that were read, and their files. */
export function textsRead(): Iterable<[text: string, file: string]> {
  return read;
}

/** The file that this text was read from, as far as is known. */
export function fileOf(text: unknown): string | undefined {
  return typeof text === 'string' ? read.get(text) : undefined;
}

function watchReading(): void {
  wrap(fs, 'readFileSync', (readFile) => function (...given) {
    const text = readFile.apply(this, given);
    remember(given[0], text);
    return text;
  });
  wrap(fs.promises, 'readFile', (readFile) => async function (this: unknown, ...given) {
    const text = await readFile.apply(this, given);
    remember(given[0], text);
    return text;
  });
}

function remember(target: unknown, text: unknown): void {
  const file = pathOf(target);
  if (file === undefined || typeof text !== 'string') return;
  read.delete(text);
  read.set(text, file);
  if (read.size > mostRead) read.delete(read.keys().next().value!);
}

function pathOf(target: unknown): string | undefined {
  if (target instanceof URL) return target.protocol === 'file:' ? fileURLToPath(target) : undefined;
  return typeof target === 'string' ? resolve(target) : undefined;
}
