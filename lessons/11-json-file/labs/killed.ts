// Lab · killed: a program is killed while it saves. What is left of its file?
//
//   npm run lab 11 killed
//
// This file runs as two programs: the one that kills (first part), and the one that takes one order
// after the other until it is killed (second part). When it is killed is left to chance.

import { fork } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { jsonFileStorage } from '../json-file.ts';

type Order = { id: number; version: number; drink: string; note: string };

/** `open` gives a function that keeps one more order, and resolves with its number. */
type Way = { name: string; open(file: string): Promise<() => Promise<number>>; read(file: string): Promise<Order[]> };

const newOrder = { drink: 'flat white', note: 'For ada, who sits at the window. '.repeat(20) };
const first: Order[] = Array.from({ length: 5_000 }, (_, n) => ({ id: n + 1, ...newOrder, version: 1 }));

const naive: Way = {
  name: 'writeFile() over the old file',
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

const swapped: Way = {
  name: 'written aside, then swapped in',
  open: async (file) => {
    const orders = (await jsonFileStorage(file)).collection<Order>('orders', { first });
    return async () => (await orders.insert(newOrder)).id;
  },
  read: async (file) => (await (await jsonFileStorage(file)).collection<Order>('orders').list({ limit: Infinity })).records,
};

// ── the program that kills ────────────────────────────────────────────────────────────────────

type Left = { isReadable: boolean; missing: number };

async function tryWay(way: Way, times: number, isEnough: (left: Left) => boolean): Promise<void> {
  process.stdout.write(`${way.name.padEnd(32)}`);
  const all: Left[] = [];
  while (all.length < times && !all.some(isEnough)) {
    all.push(await killOnce(way));
    process.stdout.write(all.at(-1)!.isReadable ? '✔' : '✘');
  }
  const broken = all.filter(({ isReadable }) => !isReadable).length;
  const missing = all.reduce((sum, left) => sum + left.missing, 0);
  console.log(`\n  ${broken} of ${all.length} files broken, ${missing} orders missing in the others\n`);
}

async function killOnce(way: Way): Promise<Left> {
  const folder = await mkdtemp(join(tmpdir(), 'lab-'));
  const file = join(folder, 'orders.json');
  const told = await takeOrdersAndDie(way, file);
  const left = await way.read(file).catch(() => undefined);
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  const ids = new Set(left?.map(({ id }) => id));
  return { isReadable: left !== undefined, missing: left ? told.filter((id) => !ids.has(id)).length : 0 };
}

async function takeOrdersAndDie(way: Way, file: string): Promise<number[]> {
  const child = fork(fileURLToPath(import.meta.url), ['take orders', way.name, file]);
  const told: number[] = [];
  child.on('message', (id: number) => told.push(id));
  child.once('message', () => pause(Math.random() * 50).then(() => child.kill('SIGKILL')));
  await new Promise((resolve) => child.once('close', resolve));
  if (told.length === 0) throw new Error('The program ended before its first order.');
  return told;
}

// ── the program that is killed ────────────────────────────────────────────────────────────────

async function takeOrders(way: Way, file: string): Promise<void> {
  process.once('disconnect', () => process.exit());
  const keepOrder = await way.open(file);
  for (let n = 0; n < 10_000; n += 1) process.send!(await keepOrder());
}

async function killThem(quick: boolean): Promise<void> {
  console.log('A program takes orders, into a file that has 5,000 already. It is killed.\n');
  await tryWay(naive, quick ? 40 : 15, ({ isReadable }) => quick && !isReadable);
  await tryWay(swapped, quick ? 4 : 15, () => false);
  console.log('✔ the file can be read   ✘ it is broken, and all orders in it are gone');
}

const [word = '', name = '', file = ''] = process.argv.slice(2);
if (word === 'take orders') await takeOrders(name === naive.name ? naive : swapped, file);
else await killThem(word === 'quick');
