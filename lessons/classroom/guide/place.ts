// The place of a slip: the learner's file and line, out of a stack.
//
//   at ServerResponse.end (node:_http_outgoing:863:15)
//   at send (…/lessons/02-reply/send.ts:24:14)
//   at Server.<anonymous> (…/05-around/server.ts:12:3)
//     ──►  { file: '…/05-around/server.ts', line: 12 }
//
// The nearest line in the folder of the program itself wins: whoever calls a module of an earlier
// lesson looks for the slip in the call. On an older Node (plain.js) the stack is led back already.

import { realpathSync } from 'node:fs';
import { dirname, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export type SourceLocation = { file: string; line: number };

const classroom = fileURLToPath(new URL('..', import.meta.url));

let known: string | undefined;

/**
 * The program that the guide was loaded into. Asked late, since a check loads it into a process
 * that waits.
 */
export function entry(): string {
  return known ??= realPath(process.argv[1] ?? '');
}

function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

/** The stack of this moment. Taking it costs microseconds, reading it a hundred times that. */
export function here(): Error {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 30;
  const moment = new Error();
  Error.stackTraceLimit = limit;
  return moment;
}

export function placeOf(error: unknown): SourceLocation | undefined {
  const frames = framesOf(error).filter(({ file }) => isOurs(file));
  const home = dirname(entry()) + sep;
  return frames.find(({ file }) => file.startsWith(home)) ?? frames[0];
}

/** Is the caller of the wrapped method the learner's own code, and not a package's? */
export function isCalledByUs(moment: Error): boolean {
  const outside = framesOf(moment).find(({ file }) => !file.startsWith(classroom));
  return outside !== undefined && isOurs(outside.file);
}

const frameForm = /^\s+at (?:.*?\()?((?:file:\/\/|\/|[A-Za-z]:[\\/]).*?):(\d+):\d+\)?$/;
// A file that cannot be read has no frame yet: its place is the first line.
const headForm = /^((?:file:\/\/|\/|[A-Za-z]:[\\/]).*?):(\d+)$/;

function framesOf(error: unknown): SourceLocation[] {
  const stack = error instanceof Error ? String(error.stack) : '';
  return stack.split('\n').flatMap((text) => {
    const [, file, line] = frameForm.exec(text) ?? headForm.exec(text) ?? [];
    return file === undefined ? [] : [{ file: toPath(file), line: Number(line) }];
  });
}

export function toPath(file: string): string {
  return file.startsWith('file://') ? fileURLToPath(file.replace(/[?#].*$/, '')) : file;
}

export function isOurs(file: string): boolean {
  return !file.startsWith(classroom) && !file.includes(`${sep}node_modules${sep}`);
}

/** 'server.ts', seen from where the program was started. */
export function fileName(file: string): string {
  return relative(process.cwd(), file).replaceAll('\\', '/');
}

/** 'line 6', or 'reply.ts, line 6' when that is another file. */
export function lineIn(
  place: SourceLocation | undefined,
  than: SourceLocation | undefined,
): string {
  if (place === undefined) return 'another line';
  const line = `line ${place.line}`;
  return place.file === than?.file ? line : `${fileName(place.file)}, ${line}`;
}
