// Ways to keep an order, and a program that is killed while it does: what killed.ts runs.
//
//   tryVariants([naive, swapped])
//     ──►  writeFile() over the old file     ✔✘✔✔✘…   the file can be read, or it is broken
//     ──►  written aside, then swapped in    ✔✔✔✔✔…
//
// The lab runs as two programs: the one that kills, and the one that takes one order after the
// other until it is killed. When it is killed is left to chance. Lesson 18 runs the same with its
// database.

import { fork } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { jsonFileStorage } from '../../json-file.ts';

export type Order = { id: number; version: number; drink: string; note: string };

/** `open` gives a function that keeps one more order, and resolves with its number. */
export type Variant = {
  name: string;
  isNaive?: true;
  open(file: string): Promise<() => Promise<number>>;
  read(file: string): Promise<Order[]>;
};

const note = 'For ada, who sits at the window. '.repeat(20);
export const newOrder = { drink: 'flat white', note };
export const first: Order[] = Array.from({ length: 5_000 }, (_, n) => {
  return { id: n + 1, ...newOrder, version: 1 };
});

export const naive: Variant = {
  name: 'writeFile() over the old file',
  isNaive: true,
  open: async (file) => {
    const orders = [...first];
    return async () => {
      const id = orders.push({ id: orders.length + 1, ...newOrder, version: 1 });
      await writeFile(file, JSON.stringify(orders));
      return id;
    };
  },
  read: async (file) => JSON.parse(await readFile(file, 'utf8')),
};

export const swapped: Variant = {
  name: 'written aside, then swapped in',
  open: async (file) => {
    const orders = (await jsonFileStorage(file)).collection<Order>('orders', { initial: first });
    return async () => (await orders.insert(newOrder)).id;
  },
  read: async (file) => {
    const orders = (await jsonFileStorage(file)).collection<Order>('orders');
    return (await orders.list({ limit: Infinity })).records;
  },
};

// ── the program that kills ────────────────────────────────────────────────────────────────────

export async function tryVariants(variants: Variant[]): Promise<void> {
  const [word = '', name = '', file = ''] = process.argv.slice(2);
  if (word === 'take orders') {
    return workUntilKilled(await variants.find((variant) => variant.name === name)!.open(file));
  }
  console.log('A program takes orders, into a file that has 5,000 already. It is killed.\n');
  for (const variant of variants) await tryVariant(variant, word === 'quick');
  console.log('✔ the file can be read   ✘ it is broken, and all orders in it are gone');
}

type Left = { isReadable: boolean; missing: number };

// A quick run is over when it has seen what it wants to show.
async function tryVariant(variant: Variant, quick: boolean): Promise<void> {
  const times = quick ? (variant.isNaive ? 40 : 4) : 15;
  process.stdout.write(`${variant.name.padEnd(32)}`);
  const all: Left[] = [];
  while (all.length < times && !(quick && all.some(({ isReadable }) => !isReadable))) {
    all.push(await killOnce(variant));
    process.stdout.write(all.at(-1)!.isReadable ? '✔' : '✘');
  }
  const broken = all.filter(({ isReadable }) => !isReadable).length;
  const missing = all.reduce((sum, left) => sum + left.missing, 0);
  console.log(
    `\n  ${broken} of ${all.length} files broken, ${missing} orders missing in the others\n`,
  );
}

async function killOnce(variant: Variant): Promise<Left> {
  const folder = await mkdtemp(join(tmpdir(), 'lab-'));
  const file = join(folder, 'orders.json');
  const told = await runAndKill(['take orders', variant.name, file]);
  const left = await variant.read(file).catch(() => undefined);
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  const ids = new Set(left?.map(({ id }) => id));
  const missing = left ? told.filter((id) => !ids.has(id)).length : 0;
  return { isReadable: left !== undefined, missing };
}

/** Starts this lab again with these words, and kills it. Resolves with what it told until then. */
export async function runAndKill(words: string[]): Promise<number[]> {
  const child = fork(process.argv[1]!, words);
  const told: number[] = [];
  child.on('message', (id: number) => told.push(id));
  child.once('message', () => pause(Math.random() * 50).then(() => child.kill('SIGKILL')));
  await new Promise((resolve) => child.once('close', resolve));
  if (told.length === 0) throw new Error('The program ended before its first order.');
  return told;
}

// ── the program that is killed ────────────────────────────────────────────────────────────────

/** One order after the other, and tells each. */
export async function workUntilKilled(keepOrder: () => Promise<number>): Promise<void> {
  process.once('disconnect', () => process.exit());
  for (let n = 0; n < 10_000; n += 1) process.send!(await keepOrder());
}
