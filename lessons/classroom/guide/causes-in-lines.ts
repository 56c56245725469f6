// What goes wrong with a file that holds one JSON in each line, as a journal does.
//
//   JSON.parse(text), and there is more than one line     ──►  'lines-read-as-one'
//   appendFile(file, JSON.stringify(order))               ──►  'line-break-missing'
//   text.split('\n').map((line) => JSON.parse(line))      ──►  'text-behind-the-last-line'
//   the same, and the last line is only half there        ──►  'line-torn'
//   the same, and somebody has changed a line             ──►  'line-damaged'
//
// Told only of a text that was read from a file, when JSON.parse() throws.

import { basename } from 'node:path';
import type { Cause } from './cause.ts';
import { lastParsed, unreadable } from './json.ts';
import { fileOf, textsRead } from './saves.ts';
import type { Slip } from './tell.ts';

const readAsOne: Cause = ({ error }) => {
  const text = unreadable.get(error);
  const file = fileOf(text);
  const lines = linesOf(text).filter((line) => line.trim() !== '');
  if (file === undefined || lines.length < 2 || !lines.slice(0, -1).every(isJson)) return undefined;
  return {
    code: 'lines-read-as-one',
    what: `${basename(file)} has one JSON in each line, and was read as a single one.`,
    why: 'Behind the first line JSON is over, and what follows is one thing too many.',
    try: 'Split the text at its line breaks, and give each line to JSON.parse().',
    lesson: 17,
  };
};

const glued: Cause = ({ error }) => {
  const text = unreadable.get(error);
  const file = fileOf(text);
  const parts = isText(text) ? text.split(/(?<=\})(?=\{)/) : [];
  if (file === undefined || parts.length < 2 || !parts.every(isJson)) return undefined;
  return {
    code: 'line-break-missing',
    what: `${basename(file)} has ${parts.length} JSON texts one behind the other, ` +
      'and no line break between them.',
    why: 'appendFile() adds what it is given, and nothing else; ' +
      'where one ends and the next begins, nobody can tell any more.',
    try: 'Write a line break behind each: `${JSON.stringify(order)}\\n`. Then read line by line.',
    lesson: 17,
  };
};

// A client's empty body is no line: so only where none can have come, and right after the
// last line.
const behindTheLast: Cause = ({ error, visit }) => {
  if (unreadable.get(error) !== '' || (visit && visit.method !== 'GET')) return undefined;
  const last = lastParsed();
  const file = findFile((lines) => {
    return lines.length > 1 && lines.at(-1) === '' && lines.at(-2) === last;
  });
  if (file === undefined) return undefined;
  return {
    code: 'text-behind-the-last-line',
    what: `${basename(file)} was split at its line breaks, ` +
      'and JSON.parse() was given the empty text behind the last one.',
    why: 'Each line ends with a line break, so split() finds one text more than there are lines.',
    try: "Leave it out: text.split('\\n').slice(0, -1).",
    lesson: 17,
  };
};

const torn: Cause = ({ error }) => {
  const line = unreadable.get(error);
  if (!isText(line)) return undefined;
  const file = findFile((lines) => lines.length > 1 && lines.at(-1) === line);
  if (file === undefined) return undefined;
  return {
    code: 'line-torn',
    what: `The last line of ${basename(file)} is only half there.`,
    why: 'Perhaps the program ended, or the power failed, while it was written: ' +
      'then nobody was told that it is kept.',
    try: "Read up to the last line break, text.slice(0, text.lastIndexOf('\\n') + 1), " +
      'and cut the rest off before the next line is written.',
    lesson: 17,
  };
};

const damaged: Cause = ({ error }) => {
  const line = unreadable.get(error);
  if (!isText(line)) return undefined;
  for (const [text, file] of textsRead()) {
    const number = linesOf(text).slice(0, -1).indexOf(line) + 1;
    if (number > 0) return lineDamaged(number, basename(file));
  }
  return undefined;
};

function lineDamaged(number: number, name: string): Slip {
  return {
    code: 'line-damaged',
    what: `Line ${number} of ${name} is no JSON.`,
    why: 'It has its line break, so it was written to its end; ' +
      'somebody or something has changed it since.',
    try: 'Correct it in an editor, or put a copy of the file back. ' +
      'Passed over, it would be lost without a word.',
    lesson: 17,
  };
}

function findFile(fits: (lines: string[]) => boolean): string | undefined {
  for (const [text, file] of textsRead()) if (fits(linesOf(text))) return file;
  return undefined;
}

function linesOf(text: unknown): string[] {
  return typeof text === 'string' ? text.split('\n') : [];
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

export const lineCauses: Cause[] = [readAsOne, glued, behindTheLast, torn, damaged];
