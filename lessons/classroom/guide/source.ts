// The learner's source, read only after something went wrong.
//
//   findLine(/createServer\(/)  ──►  { file: '…/server.ts', line: 3 }

import { readFileSync } from 'node:fs';
import { entry, type SourceLocation } from './place.ts';

const known = new Map<string, string[]>();

/** Lines of code; a comment is an empty line here. */
export function linesOf(file = entry()): string[] {
  const lines = known.get(file) ?? readLines(file);
  known.set(file, lines);
  return lines;
}

const comment = /^\s*(\/\/|\*|\/\*).*$|(?<=[\s;])\/\/ .*$/;

function readLines(file: string): string[] {
  try {
    const lines = readFileSync(file, 'utf8').split(/\r?\n/);
    return lines.map((line) => line.replace(comment, ''));
  } catch {
    return [];
  }
}

export function lineAt(place: SourceLocation | undefined): string {
  return place === undefined ? '' : linesOf(place.file)[place.line - 1] ?? '';
}

export function findLine(form: RegExp, file = entry()): SourceLocation | undefined {
  const index = linesOf(file).findIndex((line) => form.test(line));
  return index < 0 ? undefined : { file, line: index + 1 };
}

/** For a text that shall stand for itself in a pattern. */
export function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
