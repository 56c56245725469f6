// The process of one store: it does what it is told for so long, and says how often it could.
//
//   node keeper.ts ours /tmp/bench-a1b2/ours 1000                 1,000 records that are there already
//   { job: 'fill' }                                         ──►  { done: 1000, took: 42 }
//   { job: 'insert', writers: 64, milliseconds: 100 }       ──►  { done: 2304, took: 101 }
//   { job: 'close' }                                        ──►  { done: 1, took: 2 }

import { ownTime } from './runqueue.ts';
import { itemOf } from './stores/item.ts';
import { loadStore } from './stores/store.ts';

export type Order = { job: 'fill' | 'insert' | 'update' | 'get' | 'close'; writers?: number; milliseconds?: number };
export type Did = { done: number; took: number };

const [name = '', folder = '', count] = process.argv.slice(2);
const size = Number(count);
const open = await loadStore(name);
const store = await open(folder);
let next = 1;

/** Each id comes once before one comes again: so nobody changes a record that is being changed. */
function anyId(): number {
  next = (next + STRIDE) % size;
  return next + 1;
}

const STRIDE = 7_919; // A prime, so that it leads through all of them.
const GETS = 100; // In one step: a look at the clock takes as long as a get.

/** One step of each job, and how often it did it. */
const steps = {
  async insert(): Promise<number> {
    await store.insert(itemOf(next++));
    return 1;
  },
  async insertTogether(count: number): Promise<number> {
    await store.insertTogether!(count);
    return count;
  },
  async update(): Promise<number> {
    const id = anyId();
    await store.update(id, { ...itemOf(id), stock: next % 1_000 });
    return 1;
  },
  async get(): Promise<number> {
    for (let n = 0; n < GETS; n += 1) if (!await store.get(anyId())) throw new Error(`${name} has lost a record.`);
    return GETS;
  },
  async fill(): Promise<number> {
    await store.fill(size);
    return size;
  },
  async close(): Promise<number> {
    await store.close();
    return 1;
  },
};

async function work({ job, writers = 1, milliseconds = 0 }: Order): Promise<Did> {
  const isTogether = writers > 1 && store.insertTogether !== undefined;
  const step = isTogether ? () => steps.insertTogether(writers) : steps[job];
  const [begin, ownBegin] = [performance.now(), ownTime()];
  let done = 0;
  async function writer(): Promise<void> {
    do {
      const did = await step(); // Not `done += await …`: that would forget what others did meanwhile.
      done += did;
    } while (performance.now() - begin < milliseconds);
  }
  await Promise.all(Array.from({ length: isTogether ? 1 : writers }, writer));
  return { done, took: ownTime() - ownBegin };
}

process.on('message', async (order: Order) => process.send!(await work(order)));
process.send!('ready');
