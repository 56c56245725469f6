// Where a mistake is: the learner's own line.
//
//   Error: …  at showCategory (…/answer.ts:16:20)  ──►  { file: 'lessons/…/answer.ts', line: 16 }
//
// Asked in this order: the stack of the error that ended the program; the guide, if it names a slip
// in a line of the learner's; and the recording of the failed request, which knows the last of the
// learner's lines that had a say in the answer (replay/parting.ts).

import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { findParting, type Parting } from '../replay/parting.ts';
import type { Told } from '../guide/show.ts';
import type { Recording } from '../replay/recording.ts';
import type { Asked } from './program.ts';
import type { Failed } from './state.ts';
import { notFoundIn } from './try-this.ts';

export type Seen = { recording: Recording | undefined; told: Told[]; came: Asked | undefined };

/** `how`: what happened there, if it is not the mistake itself. */
export type FailedLocation = { file: string; line: number; how?: string };

/** `isAnswered`: an answer came when nobody looked on. */
export function placeSeen(
  { told, came, recording }: Seen,
  file: string,
  root: string,
  isAnswered: boolean,
): FailedLocation | undefined {
  const name = nameIn(root, file);
  const asked = came && `${came.sent.method} ${came.sent.target}`;
  const slip = told.find((one) => {
    return one.file === file && one.line !== null && one.request === asked && !one.near;
  });
  if (slip) return { file: name, line: slip.line! };
  const parting = recording && findParting(recording, name, isAnswered);
  return parting && { file: parting.step.file, line: parting.step.line, how: sayHow(parting) };
}

function sayHow({ how, threw }: Parting): string {
  if (how === 'elsewhere') return 'it answered, and no line of answer.ts ran';
  if (how === 'stopped') return 'it ran last';
  if (how === 'threw') return 'the error came from there';
  if (threw !== undefined) return 'the answer came from there, by an error';
  return 'the answer came from there';
}

function nameIn(root: string, file: string): string {
  return relative(root, file).replaceAll('\\', '/');
}

export function placeIn(
  failed: Failed | undefined,
  file: string,
  root: string,
): FailedLocation | undefined {
  if (failed === undefined) return undefined;
  const text = `${failed.message}\n${failed.stack}`;
  const [own] = placesBelow(file, '', text, root);
  return own ?? importPlace(failed.message, file, root) ?? lessonPlace(text, root);
}

// An import that leads nowhere has no stack: its line is the one with that name in it.
function importPlace(message: string, file: string, root: string): FailedLocation | undefined {
  const [, name] = /export named '(.*?)'/.exec(message) ?? [];
  const word = name ?? notFoundIn(message)?.target.split(/[\\/]/).at(-1);
  if (!word) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  const index = lines.findIndex((line) => /\b(from|import)\b/.test(line) && line.includes(word));
  return index < 0 ? undefined : { file: nameIn(root, file), line: index + 1 };
}

function lessonPlace(text: string, root: string): FailedLocation | undefined {
  const places = placesBelow(root, '[^:()\n]*\\.ts', text, root);
  return places.find(({ file }) => !/node_modules|classroom/.test(file));
}

// A stack names a file by its path or by its URL; either may hold spaces and, on Windows, a drive.
function placesBelow(path: string, more: string, text: string, root: string): FailedLocation[] {
  const names = [path, path.replaceAll('\\', '/'), pathToFileURL(path).href];
  const forms = names.map((name) => name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') + more);
  const found = text.matchAll(new RegExp(`(${forms.join('|')}):(\\d+)`, 'g'));
  return [...found].map(([, name = '', line]) => {
    const full = name.startsWith('file:') ? fileURLToPath(name) : name;
    return { file: nameIn(root, full), line: Number(line) };
  });
}
