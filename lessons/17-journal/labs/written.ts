// Lab · written: what does "written" mean, and what does it cost to reach the disk?
//
//   npm run lab 17 written
//
// Each time is the middle of several (the median), on the disk where the lessons have their data.
// The folder for temporary files is no use here: on many machines it is in memory, and a flush
// costs nothing.

import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeDown } from '../../../db/durable-write.ts';
import { makeFolder } from '../../11-json-file/swap.ts';

const data = fileURLToPath(new URL('../../../db/data', import.meta.url));
const order = { id: 42, drink: 'flat white', guest: 'ada', version: 1 };
const entry = { seq: 42, changes: [{ in: 'orders', record: order }] };
const line = Buffer.from(`${JSON.stringify(entry)}\n`);
const lines = Array.from({ length: 64 }, () => line);
const all = Buffer.concat(lines);

type Variant = { name: string; write(file: FileHandle): Promise<unknown> };

const variants: Variant[] = [
  { name: 'one line, written', write: (file) => file.write(line, 0, line.length, 0) },
  { name: 'one line, written and flushed', write: (file) => writeDown(file, line, 0) },
  { name: '64 lines, a flush for each', write: (file) => each(file) },
  { name: '64 lines, one flush for all', write: (file) => writeDown(file, all, 0) },
];

async function each(file: FileHandle): Promise<void> {
  for (const [n, bytes] of lines.entries()) await writeDown(file, bytes, n * bytes.length);
}

// A new file each time: a journal grows with each line, and growing is part of the cost.
async function measure({ write }: Variant, folder: string): Promise<number> {
  const file = await open(join(folder, 'journal-1.jsonl'), 'w');
  const begun = performance.now();
  await write(file);
  const time = performance.now() - begun;
  await file.close();
  return time;
}

function middle(times: number[]): number {
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
}

async function show(variant: Variant, folder: string, rounds: number): Promise<void> {
  const times: number[] = [];
  for (let n = 0; n < rounds; n += 1) times.push(await measure(variant, folder));
  console.log(`${variant.name.padEnd(31)}${middle(times).toFixed(2).padStart(8)} ms`);
}

await makeFolder(data);
const folder = await mkdtemp(join(data, 'lab-'));
for (const variant of variants) await show(variant, folder, process.argv[2] === 'quick' ? 3 : 51);
await rm(folder, { recursive: true, force: true, maxRetries: 5 });
console.log(
  '\n"Written" means: in the memory of the operating system, and a power cut clears that. ' +
  'Only a flush waits for the disk.',
);
