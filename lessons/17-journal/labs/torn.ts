// Lab · torn: the power fails during a write. What is left of the journal in the morning?
//
//   npm run lab 17 torn
//
// The journal has three orders. The lab cuts its last line at each of its bytes, and opens the
// journal each time. Then it changes one letter in the middle, and opens it again.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { journalStorage } from '../journal-storage.ts';

type Order = { id: number; version: number; drink: string; guest: string };
type Opened = { orders: number; said: string };

const folder = await mkdtemp(join(tmpdir(), 'lab-'));
const journal = join(folder, 'journal-1.jsonl');

async function takeOrders(): Promise<void> {
  const storage = await journalStorage(folder);
  const orders = storage.collection<Order>('orders');
  for (const guest of ['ada', 'bob', 'eve']) await orders.insert({ drink: 'flat white', guest });
  await storage.close();
}

async function open(bytes: Buffer): Promise<Opened> {
  await writeFile(journal, bytes);
  let said = '';
  const storage = await journalStorage(folder, (sentence) => { said = sentence; });
  const { records } = await storage.collection<Order>('orders').list();
  await storage.close();
  return { orders: records.length, said };
}

async function cutEverywhere(whole: Buffer): Promise<void> {
  const last = whole.lastIndexOf('\n', -2) + 1;
  const all: Opened[] = [];
  for (let end = last; end < whole.length; end += 1) all.push(await open(whole.subarray(0, end)));
  const withTwo = all.filter(({ orders }) => orders === 2).length;
  const withThree = all.filter(({ orders }) => orders === 3).length;
  console.log(
    `Its last line, with eve's order, was cut at each of ${all.length} places. ` +
    `It opened ${all.length} times:`,
  );
  console.log(`  ${withTwo} times with the orders of ada and bob,`);
  console.log(`  ${withThree} time with all three: only the line break was missing.`);
  console.log(
    `In the middle of the line it said:\n  ${nameOnly(all[Math.floor(all.length / 2)]!.said)}\n`,
  );
}

async function changeOneLetter(whole: Buffer): Promise<void> {
  const changed = Buffer.from(whole.toString().replace('"ada"', '"ida"'));
  const problem = await open(changed).then(() => 'nothing', (error: Error) => error.message);
  console.log(
    'Then "ada" became "ida", in the line of the first order. ' +
    `It did not open, and said:\n  ${nameOnly(problem)}`,
  );
  console.log(
    `The journal is ${changed.equals(await readFile(journal)) ? 'as it was' : 'changed'}.`,
  );
}

function nameOnly(sentence: string): string {
  return sentence.replace(journal, 'journal-1.jsonl');
}

await takeOrders();
const whole = await readFile(journal);
console.log(`${whole.toString()}`);
await cutEverywhere(whole);
await changeOneLetter(whole);
await rm(folder, { recursive: true, force: true, maxRetries: 5 });
