// Silence: a test file of which nothing is heard does not hold up the run.
//
//   60 s without a word ──► Ended, since nothing was heard for 60 seconds: tests/db.test.ts, "…"
//   on a busy machine   ──► Still running, and nothing heard for 60 seconds: tests/db.test.ts, "…"
//
// A word is whatever its process writes: each test that begins or ends, and each line printed. On a
// machine with more to do than its cores can, everything takes longer, and so does patience.

import type { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { availableParallelism, loadavg } from 'node:os';
import { basename, relative } from 'node:path';
import type { run } from 'node:test';

type Running = { child: ChildProcess; silent: number; tests: string[] };

export type Patience = {
  /** Seconds. */
  most: number;
  /** How many programs want a core at once, for each core there is. Windows does not say: 0. */
  load: () => number;
};

const usual: Patience = { most: 60, load: () => loadavg()[0]! / availableParallelism() };

type Tests = ReturnType<typeof run>;

export function endSilent(tests: Tests, files: string[], root: string, patience = usual): void {
  const running = new Map<string, Running>();
  follow(files, running);
  tests.on('test:dequeue', ({ name, file }) => running.get(file ?? '')?.tests.push(name));
  tests.on('test:complete', ({ name, file }) => forget(running.get(file ?? ''), name));
  // Counted in seconds in which this process had its turn: a laptop that slept was not silent.
  setInterval(() => {
    for (const [file, one] of running) {
      one.silent += 1;
      if (one.silent % patience.most === 0) giveUp(one, nameOf(file, one, root), patience);
    }
  }, 1000).unref();
}

// Node tells nobody which process a file runs in; but it tells of each process that it starts.
function follow(files: string[], running: Map<string, Running>): void {
  subscribe('child_process', (message) => {
    const { process: child } = message as { process: ChildProcess };
    setImmediate(() => {
      const file = files.find((one) => child.spawnargs?.includes(one));
      if (file !== undefined) listen(file, child, running);
    });
  });
}

function listen(file: string, child: ChildProcess, running: Map<string, Running>): void {
  const one: Running = { child, silent: 0, tests: [] };
  running.set(file, one);
  for (const from of [child.stdout, child.stderr]) from?.on('data', () => { one.silent = 0; });
  child.once('exit', () => running.delete(file));
}

function forget(one: Running | undefined, name: string): void {
  const at = one?.tests.lastIndexOf(name) ?? -1;
  if (at >= 0) one!.tests.splice(at, 1);
}

// An older Node tells what runs only of the first file that is not over.
function nameOf(file: string, { tests }: Running, root: string): string {
  const path = relative(root, file).replaceAll('\\', '/');
  const test = tests.filter((name) => basename(name) !== basename(file)).at(-1);
  return test === undefined ? path : `${path}, "${test}"`;
}

// Twice as many programs as cores is what a run makes by itself.
function giveUp({ child, silent }: Running, name: string, { most, load }: Patience): void {
  const isLate = silent >= most * Math.max(1, load() / 2);
  const what = isLate ? 'Ended, since nothing was' : 'Still running, and nothing';
  console.error(`${what} heard for ${silent} seconds: ${name}`);
  if (!isLate) return;
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), 5000).unref();
}
