// Lab · price: the whole file is written for one change. What does that cost?
//
//   npm run lab 11 price
//
// Each row is the middle of several changes (the median), on this machine, flushed to its disk.

import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { items, type Item } from '../../03-address/items.ts';
import { jsonFileStorage } from '../json-file.ts';

async function measure(records: number, changes: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'lab-'));
  const file = join(folder, 'cafe.json');
  const initial: Item[] = Array.from({ length: records }, (_, n) => {
    return { ...items[n % items.length]!, id: n + 1, name: `Item ${n + 1}` };
  });
  const storage = await jsonFileStorage(file);
  const menu = storage.collection<Item>('menu', { unique: ['name'], initial });
  const times: number[] = [];
  for (let n = 0; n <= changes; n += 1) {
    const begun = performance.now();
    await menu.insert({ name: `New ${n}`, price: 340, category: 'coffee', stock: 120 });
    times.push(performance.now() - begun);
  }
  const { size } = await stat(file);
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  const megabytes = `${(size / 1e6).toFixed(1)} MB`;
  const time = `${middle(times.slice(1)).toFixed(1)} ms`;
  console.log(column(records.toLocaleString('en'), 9) + column(megabytes, 12) + column(time, 14));
}

function middle(times: number[]): number {
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
}

function column(text: string, width: number): string {
  return text.padStart(width);
}

const quick = process.argv[2] === 'quick';
console.log('  Records        File    One change');
for (const records of quick ? [10, 100, 1_000] : [1_000, 10_000, 100_000]) {
  await measure(records, quick ? 3 : 15);
}
