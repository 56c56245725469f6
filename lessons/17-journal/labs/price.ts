// Lab · price: lesson 11 writes everything for one change, the journal one line. What is the cost?
//
//   npm run lab 17 price
//
// Each number is the middle of several changes (the median), on this machine, flushed to its disk.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { items, type Item } from '../../03-address/items.ts';
import type { Storage } from '../../09-logic/storage.ts';
import { jsonFileStorage } from '../../11-json-file/json-file.ts';
import { journalStorage } from '../journal-storage.ts';

async function measure(
  open: (folder: string) => Promise<Storage>,
  records: number,
  changes: number,
): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'lab-'));
  const storage = await open(folder);
  const first: Item[] = Array.from({ length: records }, (_, n) => {
    return { ...items[n % items.length]!, id: n + 1, name: `Item ${n + 1}` };
  });
  const menu = storage.collection<Item>('menu', { unique: ['name'], initial: first });
  const times: number[] = [];
  for (let n = 0; n <= changes; n += 1) {
    const begun = performance.now();
    await menu.insert({ name: `New ${n}`, price: 340, category: 'coffee', stock: 120 });
    times.push(performance.now() - begun);
  }
  await storage.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  return middle(times.slice(1)); // With the first change, both write all records.
}

function jsonStorage(folder: string): Promise<Storage> {
  return jsonFileStorage(join(folder, 'cafe.json'));
}

function middle(times: number[]): number {
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
}

function column(text: string, width: number): string {
  return text.padStart(width);
}

const quick = process.argv[2] === 'quick';
const changes = quick ? 3 : 15;
console.log('  Records    Everything, lesson 11    One line, lesson 17');
for (const records of quick ? [10, 100, 1_000] : [1_000, 10_000, 100_000]) {
  const all = `${(await measure(jsonStorage, records, changes)).toFixed(1)} ms`;
  const line = `${(await measure(journalStorage, records, changes)).toFixed(2)} ms`;
  console.log(column(records.toLocaleString('en'), 9) + column(all, 25) + column(line, 23));
}
