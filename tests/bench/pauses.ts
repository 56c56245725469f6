// For how long does nobody else come in while a snapshot is taken? Once, in a new process.
//
//   node --expose-gc pauses.ts /tmp/bench-a1b2/ours
//     warm up       four writers, until the journal is so long that a snapshot is due
//     a snapshot    the longest gap between two turns of the event loop: 3.1 ms
//     without one   the same writers, for as long: 2.4 ms
//
// Whoever collects garbage makes gaps as well: what the snapshot is to blame for shows only beside a
// phase without one. Time in which another program had the core is not counted.
// The folder must hold a first journal alone.

import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../db/database.ts';
import { gather } from './crowd.ts';
import { ownTime } from './runqueue.ts';
import { itemOf, type Item } from './stores/item.ts';

/** In milliseconds. */
export type Pauses = { during: number; without: number; took: number };

const writers = 4;
const warmBytes = 300_000;
const ONE_LOOK = 1; // Milliseconds.

const data = join(process.argv[2]!, 'data');
const size = statSync(join(data, 'journal-1.jsonl')).size;
const db = await openDatabase(data, { snapshotAfter: size + warmBytes, report: () => {} });
const items = db.collection<Item>('items');
const { next: second } = await items.list({ limit: 1 });
if (second === undefined) throw new Error('There is nothing in it to take a snapshot of.');
let n = 0;

async function sellOne(): Promise<void> {
  const id = 1 + n++ % 1_000;
  const { version } = (await items.get(id))!;
  await items.update(id, version, { ...itemOf(id), stock: n % 1_000 });
}

// No promise in it, and not a look at the folder at each turn: what it throws away makes gaps of its own.
function longestGap(isOver: () => boolean): Promise<number> {
  return new Promise((resolve) => {
    let [before, longest, looked] = [ownTime(), 0, 0];
    setImmediate(function turn() {
      const now = ownTime();
      longest = Math.max(longest, now - before);
      before = now;
      if (now - looked < ONE_LOOK) return void setImmediate(turn);
      looked = now;
      if (isOver()) resolve(longest);
      else setImmediate(turn);
    });
  });
}

(globalThis as { gc?: () => void }).gc!();
const crowd = gather(writers, sellOne);
await longestGap(() => existsSync(join(data, 'journal-2.jsonl')));
const begin = performance.now();
const during = await longestGap(() => existsSync(join(data, 'snapshot-2.jsonl')));
const end = performance.now();
const took = end - begin;
const without = await longestGap(() => performance.now() - end > took);
await crowd.leave();
await db.close();
process.send!({ during, without, took });
