// Progress: what is done, in one small file beside the work.
//
//   .progress.json
//     { "exercises": { "04-router/categories": { "checks": 3, "hints": 1, … } } }
//
// It can be copied to another machine. It is written aside and swapped in, so a power cut leaves
// the old one or the new one; one that cannot be read is told of and kept under another name.

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

export type Done = {
  checks: number;
  hints: number;
  /** When it was checked last. */
  checked?: string;
  /** The day of the first pass. */
  passed?: string;
  /** How often each mistake was made: { T3: 2 }. */
  mistakes: Record<string, number>;
};

type Progress = Record<string, Done>;

export function doneOf(at: string, id: string): Done {
  return { ...fresh(), ...read(at)[id] };
}

function fresh(): Done {
  return { checks: 0, hints: 0, mistakes: {} };
}

/** The exercise that was checked last. */
export function lastChecked(at: string): string | undefined {
  const exercises = Object.entries(read(at));
  exercises.sort(([, a], [, b]) => (a.checked ?? '').localeCompare(b.checked ?? ''));
  return exercises.at(-1)?.[0];
}

/** Reads, changes and writes at once, so that two commands do not undo each other. */
export function note(at: string, id: string, change: (done: Done) => Done): Done {
  const progress = read(at);
  const done = change({ ...fresh(), ...progress[id] });
  write(at, { ...progress, [id]: done });
  return done;
}

function fileOf(at: string): string {
  return join(at, 'lessons', 'classroom', '.progress.json');
}

function read(at: string): Progress {
  const file = fileOf(at);
  if (!existsSync(file)) return {};
  try {
    const { exercises } = JSON.parse(readFileSync(file, 'utf8'));
    if (!isProgress(exercises)) throw new Error('it holds no exercises');
    return exercises;
  } catch (error) {
    setAside(file, error as Error);
    return {};
  }
}

function isProgress(value: unknown): value is Progress {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every(isDone);
}

function isDone(value: Partial<Done> | null): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { checks, hints, mistakes } = value;
  return Number.isInteger(checks) && Number.isInteger(hints) && typeof mistakes === 'object';
}

function setAside(file: string, error: Error): void {
  const nameOf = (copy: number) => join(dirname(file), `.progress-broken-${copy}.json`);
  let copy = 1;
  while (existsSync(nameOf(copy))) copy++;
  swap(file, nameOf(copy));
  console.error(
    `Your progress could not be read (${error.message}), so it begins anew. ` +
    `The old file lies beside it as ${basename(nameOf(copy))}. Your answers are as they were.\n`,
  );
}

function write(at: string, exercises: Progress): void {
  const file = fileOf(at);
  const aside = `${file.slice(0, -5)}-${process.pid}.tmp`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(aside, JSON.stringify({ exercises }, null, 2) + '\n', { flush: true });
  swap(aside, file);
}

// Windows refuses for a moment while a virus scanner or a copy holds the file.
function swap(from: string, to: string, tries = 5): void {
  try {
    renameSync(from, to);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const isBusy = ['EPERM', 'EBUSY', 'EACCES'].includes(code);
    if (!isBusy || tries === 1) throw error;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    swap(from, to, tries - 1);
  }
}
