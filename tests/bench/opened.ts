// How long does a store take to open, and what do its records take in memory? Once, in a new process.
// That its code must be loaded before is not counted: it is the same for one record and for many.
//
//   node --expose-gc opened.ts ours /tmp/bench-a1b2/ours  ──►  { milliseconds: 210, megabytes: 21.4 }
//
// Memory is what the garbage collector must leave: the heap and what hangs on it, after it has run,
// less what was there before. (What the process has from the system would tell of the garbage too.)

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownTime } from './runqueue.ts';
import { loadStore } from './stores/store.ts';

export type Opened = { milliseconds: number; megabytes: number };

const [name = '', folder = ''] = process.argv.slice(2);
const open = name === 'parse' ? readText(join(folder, 'records.json')) : await loadStore(name);

/** The limit: JSON.parse and nothing else. Reading the file is not counted. */
function readText(path: string) {
  const text = readFileSync(path, 'utf8');
  return async () => {
    const records: unknown[] = JSON.parse(text);
    return { get: (id: number) => records[id - 1] };
  };
}

async function memory(): Promise<number> {
  for (let time = 0; time < 3; time += 1) {
    (globalThis as { gc?: () => void }).gc!();
    await new Promise((resolve) => { setTimeout(resolve, 10); });
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const before = await memory();
const begin = ownTime();
const store = await open(folder);
await get(42);
const milliseconds = ownTime() - begin;
const megabytes = (await memory() - before) / 1e6;
await get(43); // So nothing was thrown away before it was measured.
process.send!({ milliseconds, megabytes });

async function get(id: number): Promise<void> {
  if (!await store.get(id)) throw new Error(`${name} has lost record ${id}.`);
}
