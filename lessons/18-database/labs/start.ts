// Lab · start: how long does a start take after many changes, and a search in many records?
//
//   npm run lab 18 start
//
// The stock of 100 items changes again and again. From the journal alone, a start reads each change
// that there ever was. With snapshots, it reads each record, and the changes after the last
// snapshot. Each row is the middle of several starts (the median).

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../../db/database.ts';
import { items, type Item } from '../../03-address/items.ts';

const first: Item[] = Array.from({ length: 100 }, (_, n) => {
  return { ...items[n % items.length]!, id: n + 1, name: `Item ${n + 1}` };
});

// The café waits for a megabyte of journal. Here it is less, so that small rows have a snapshot.
const EARLY = 50_000;

async function start(changes: number, snapshotAfter: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'lab-'));
  const db = await openDatabase(folder, { snapshotAfter });
  const menu = db.collection<Item>('menu', { unique: ['name'], initial: first });
  for (let done = 0; done < changes; done += first.length) {
    const { records } = await menu.list();
    await Promise.all(records.map((item) => {
      return menu.update(item.id, item.version, { ...item, stock: done });
    }));
  }
  await db.close();
  const times = await timesOf(15, async () => {
    return (await openDatabase(folder, { snapshotAfter })).close();
  });
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  return times;
}

async function timesOf(times: number, act: () => Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  for (let n = 0; n < times; n += 1) {
    const begun = performance.now();
    await act();
    taken.push(performance.now() - begun);
  }
  return taken.sort((a, b) => a - b)[Math.floor(times / 2)]!;
}

type Order = { id: number; version: number; guest: string };

async function find(records: number): Promise<{ byIndex: number; oneByOne: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'lab-'));
  const db = await openDatabase(folder);
  const first: Order[] = Array.from({ length: records }, (_, n) => {
    return { id: n + 1, guest: `guest ${n % (records / 10)}`, version: 1 };
  });
  const orders = db.collection<Order>('orders', { indexes: ['guest'], initial: first });
  await orders.find('guest', 'guest 0'); // The index is built when it is first asked for.
  const byIndex = await timesOf(51, () => orders.find('guest', 'guest 0'));
  const oneByOne = await timesOf(5, async () => {
    const { records: all } = await orders.list({ limit: Infinity });
    return all.filter(({ guest }) => guest === 'guest 0');
  });
  await db.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  return { byIndex, oneByOne };
}

const column = (text: string, width: number) => text.padStart(width);
const sizes = process.argv[2] === 'quick' ? [100, 200, 1_000] : [1_000, 10_000, 100_000];

console.log('  Changes    Start from the journal    Start with a snapshot');
for (const changes of sizes) {
  const [alone, snapshot] = [await start(changes, Infinity), await start(changes, EARLY)];
  const times = column(`${alone.toFixed(1)} ms`, 26) + column(`${snapshot.toFixed(1)} ms`, 25);
  console.log(column(changes.toLocaleString('en'), 9) + times);
}

console.log('\n  Records    Ten of one guest, by index    Looking at each');
for (const records of sizes) {
  const { byIndex, oneByOne } = await find(records);
  const times = column(`${byIndex.toFixed(3)} ms`, 30) + column(`${oneByOne.toFixed(3)} ms`, 19);
  console.log(column(records.toLocaleString('en'), 9) + times);
}
