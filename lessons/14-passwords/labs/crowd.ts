// Lab · crowd: 20 guests log in at once. How long does it take to save an order at that time?
//
//   npm run lab 14 crowd
//
// Node reads and writes files in four threads, and scrypt runs in the same four. While it hashes
// the guests' passwords, we save a small file again and again, and print the slowest save.

import { randomBytes, scrypt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { swapIn } from '../../11-json-file/swap.ts';
import { makePasswords } from '../password.ts';

type Hash = (password: string) => Promise<unknown>;

const quick = process.argv[2] === 'quick';
const cost = quick ? 2 ** 12 : 2 ** 17;

const allAtOnce: Hash = (password) => new Promise((resolve) => {
  scrypt(password, randomBytes(16), 32, { N: cost, r: 8, p: 1, maxmem: 2 ** 30 }, resolve);
});

async function slowestSave(guests: number, hash: Hash): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'lab-'));
  let isOver = false;
  const hashes = Array.from({ length: guests }, () => hash('flat white, no sugar'));
  const logins = Promise.all(hashes).then(() => { isOver = true; });
  let slowest = 0;
  for (let saves = 0; saves < 20 || !isOver; saves += 1) {
    const begun = performance.now();
    await swapIn(join(folder, 'order.json'), '{ "id": 42, "drink": "flat white", "for": "ada" }');
    slowest = Math.max(slowest, performance.now() - begun);
    await pause(5);
  }
  await logins;
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  return slowest;
}

async function show(name: string, guests: number, hash: Hash): Promise<void> {
  const slowest = await slowestSave(guests, hash);
  const shown = slowest.toLocaleString('en', { maximumFractionDigits: 1 });
  console.log(`${name.padEnd(30)}${shown.padStart(10)} ms`);
}

console.log(`${''.padEnd(30)} Slowest save`);
await show('nobody logs in', 0, allAtOnce);
await show('20 guests, all at once', 20, allAtOnce);
await show('20 guests, two at a time', 20, makePasswords({ cost, atOnce: 2 }).hash);
