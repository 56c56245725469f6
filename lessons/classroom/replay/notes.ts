// Notes: what the recorder writes down while the server runs, one line of JSON each.
//
//   {"line":24,"file":3,"call":7,"depth":2,"values":[["parts","['menu', '2']"]], …}
//
// They go to a file at once, in handfuls: a server that hangs or crashes leaves what was noted
// before. What they mean is found out later and elsewhere (steps.ts).

import { closeSync, openSync, writeSync } from 'node:fs';

export type Note = FileNote | LineNote | ReturnNote | ThrowNote
  | { arrived: number; method: string; target: string }
  | { answered: number }
  | { full: string }
  | { secrets: string[] };

export type FileNote = { file: number; path: string };

export type LineNote = {
  line: number;
  file: number;
  request: number;
  call: number;
  /** The call that made this one, or 0. */
  parent: number;
  name: string;
  depth: number;
  values: [name: string, text: string][];
  /** The call ends here. */
  end?: true;
  /** The first line of a "catch". */
  catches?: true;
  /** A loop takes its next value here: its line, and the names that it gives. */
  loop?: { line: number; names: string[] };
};

export type ReturnNote = { returned: number; text: string };

/** An error, and where it was made; without a place it is the line that ran last. */
export type ThrowNote = { threw: string; request: number; path?: string; line?: number };

export type Notes = {
  write(note: Note): void;
  close(): void;
  count(): number;
  characters(): number;
  isClosed(): boolean;
};

export function openNotes(file: string): Notes {
  const handle = openSync(file, 'w', 0o600);
  let waiting: string[] = [];
  let count = 0;
  let characters = 0;
  let isClosed = false;

  function flush(): void {
    if (waiting.length > 0) writeSync(handle, waiting.join(''));
    waiting = [];
  }
  function write(note: Note): void {
    if (isClosed) return;
    const line = `${JSON.stringify(note)}\n`;
    count += 1;
    characters += line.length;
    waiting.push(line);
    if (waiting.length >= 50) flush();
  }
  function close(): void {
    if (isClosed) return;
    flush();
    isClosed = true;
    closeSync(handle);
  }
  return {
    write,
    close,
    count: () => count,
    characters: () => characters,
    isClosed: () => isClosed,
  };
}
