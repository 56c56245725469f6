// Places: where the debugger shall look, and what it shall read there.
//
//   router.ts, "const parts = split(address.path);"
//     ──►  { line: 38, fn: 4, names: [request, address, parts, trees], isReturn: false }
//
// One place for each line of a function, since a line is shown once, and one for each return. Code
// outside of every function runs at the start and not for a request.

import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';
import { findFn, type Fn } from './functions.ts';
import type { Loop, Part } from './loops.ts';
import { namesAt, type Name, type Scopes } from './scopes.ts';

/** As the debugger numbers them: from 0. */
export type Location = { lineNumber: number; columnNumber?: number; type?: string };

export type BreakpointSite = {
  location: Location;
  /** As an editor numbers it: from 1. */
  line: number;
  fn: number;
  names: Name[];
  isReturn: boolean;
  /** The first place in a "catch": what ran last has thrown. */
  catches: boolean;
  /** The first place in what a loop repeats: the loop's line, and the names it gives values to. */
  loop?: { line: number; names: string[] };
};

export type ToLine = (lineNumber: number, columnNumber: number) => number | undefined;

/** On an older Node (plain.js) what runs is not quite what was written: its map leads back. */
export function lineFinder(mapUrl: string | undefined, source: string): ToLine {
  const [, coded] = /^data:application\/json[^,]*;base64,(.*)$/s.exec(mapUrl ?? '') ?? [];
  if (coded === undefined) return (lineNumber) => lineNumber + 1;
  const map = new SourceMap(JSON.parse(Buffer.from(coded, 'base64').toString('utf8')));
  const lines = source.split('\n');
  return (lineNumber, columnNumber) => {
    // The map has no mark for the "if" of "else if"; what stands in its brackets has one.
    const isElseIf = /\belse $/.test(lines[lineNumber]?.slice(0, columnNumber) ?? '');
    const column = columnNumber + (isElseIf ? 'if ('.length : 0);
    const { originalLine = NaN } = map.findEntry(lineNumber, column) as { originalLine?: number };
    return Number.isNaN(originalLine) ? undefined : originalLine + 1;
  };
}

/**
 * esbuild (plain.js) calls a variable "text2" where an import is called "text" already: this
 * leads back to "text".
 */
export function nameFinder(written: string): (name: string) => string {
  const words = new Set(written.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu));
  return (name) => {
    const shorter = name.replace(/\d+$/, '');
    return !words.has(name) && words.has(shorter) ? shorter : name;
  };
}

/** The start of each line, in characters from the start of the file. */
export function lineStarts(source: string): number[] {
  const starts = [0];
  let at = source.indexOf('\n');
  while (at >= 0) {
    starts.push(at + 1);
    at = source.indexOf('\n', at + 1);
  }
  return starts;
}

export function choosePlaces(
  locations: Location[],
  scopes: Scopes,
  starts: number[],
  toLine: ToLine,
): BreakpointSite[] {
  const chooser = new PlaceChooser(scopes, starts, toLine);
  return locations.flatMap((location) => chooser.choose(location) ?? []);
}

class PlaceChooser {
  readonly #scopes: Scopes;
  readonly #starts: number[];
  readonly #toLine: ToLine;
  /** The places so far, each by its function, its line and its names. */
  readonly #seen = new Set<string>();
  /** The loops and the blocks of "catch" that have a place already. */
  readonly #entered = new Set<object>();

  constructor(scopes: Scopes, starts: number[], toLine: ToLine) {
    this.#scopes = scopes;
    this.#starts = starts;
    this.#toLine = toLine;
  }

  choose(location: Location): BreakpointSite | undefined {
    const { lineNumber, columnNumber = 0, type } = location;
    const isReturn = type === 'return';
    // The end of a function is its last bracket: one step back is still inside.
    const at = (this.#starts[lineNumber] ?? 0) + columnNumber - (isReturn ? 1 : 0);
    const line = this.#toLine(lineNumber, columnNumber);
    const fn = findFn(this.#scopes.fns, at);
    if (line === undefined || fn === undefined || isLoopHead(this.#scopes, at)) return undefined;
    const names = namesAt(this.#scopes, at, isReturn);
    if (!isReturn && !this.#isNew(fn, line, names)) return undefined;
    const catches = this.#startsCatch(at, fn);
    const loop = isReturn ? undefined : this.#startedLoop(at, fn);
    return {
      location,
      line,
      fn: fn.number,
      names,
      isReturn,
      catches,
      ...(loop && { loop: { line: this.#lineOf(loop) ?? line, names: loop.names } }),
    };
  }

  // "for (const item of items) add(item);" is one line and two places: the second knows "item".
  #isNew(fn: Fn, line: number, names: Name[]): boolean {
    const key = `${fn.number} ${line} ${names.map(({ text }) => text).join(' ')}`;
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    return true;
  }

  #startsCatch(at: number, fn: Fn): boolean {
    const around = this.#scopes.catches.find((part) => isIn(part, at, fn));
    return around !== undefined && this.#enters(around);
  }

  #startedLoop(at: number, fn: Fn): Loop | undefined {
    const around = this.#scopes.loops.findLast(({ body }) => isIn(body, at, fn));
    return around !== undefined && this.#enters(around) ? around : undefined;
  }

  /** True the first time. */
  #enters(part: object): boolean {
    if (this.#entered.has(part)) return false;
    this.#entered.add(part);
    return true;
  }

  #lineOf({ at }: Loop): number | undefined {
    const lineNumber = this.#starts.findLastIndex((start) => start <= at);
    return this.#toLine(lineNumber, at - (this.#starts[lineNumber] ?? 0));
  }
}

function isIn({ from, to }: Part, at: number, fn: Fn): boolean {
  return from <= at && at < to && fn.from <= from;
}

// Whether the debugger stops where a loop takes its next value, before that or after, differs from
// version to version of Node. The first place in what is repeated says the same in all of them.
function isLoopHead({ loops }: Scopes, at: number): boolean {
  return loops.some(({ head }) => head.from <= at && at < head.to);
}

/** A file of the project, and not of what it is built with. */
export function isOurs(url: string, folders: string[], classroom: string): string | undefined {
  if (!url.startsWith('file:')) return undefined;
  const path = fileURLToPath(url.split('?', 1)[0]!);
  if (/[\\/]node_modules[\\/]/.test(path) || path.startsWith(classroom)) return undefined;
  return folders.some((folder) => path.startsWith(folder)) ? path : undefined;
}
