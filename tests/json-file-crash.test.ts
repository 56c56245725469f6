// The store in a file, when its process is killed and when the power fails: what was told to be kept is kept.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs, { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Storage } from '../lessons/09-logic/storage.ts';
import { readText } from '../lessons/11-json-file/format.ts';
import { jsonFileStorage } from '../lessons/11-json-file/json-file.ts';
import { typescriptFlags } from '../lessons/classroom/start.ts';
import { watchDisk } from './json-file-power.ts';

type Order = { id: number; version: number; note: string };

const ordersOf = (storage: Storage) => storage.collection<Order>('orders');

function newPath(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'json-file-'));
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return join(folder, 'data', 'cafe.json');
}

const writer = fileURLToPath(new URL('json-file-writer.ts', import.meta.url));

/** Runs until `milliseconds` after its first order, and gives the numbers of all orders that were told to be kept. */
async function takeOrdersAndDie(path: string, milliseconds: number): Promise<number[]> {
  const child = spawn(process.execPath, [...typescriptFlags(), writer, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  let told = '';
  const first = new Promise<void>((resolve) => child.stdout.setEncoding('utf8').on('data', (text) => { told += text; resolve(); }));
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await Promise.race([first, closed]);
  await pause(milliseconds);
  child.kill('SIGKILL');
  await closed;
  return told.split('\n').slice(0, -1).map(Number);
}

test('20 times killed while it saves, and everything that was told to be kept is kept', { concurrency: 2 }, async (t) => {
  await Promise.all([1, 2].map((round) => t.test(`round ${round}`, async (t) => {
    const path = newPath(t);
    const kept: number[] = [];
    for (let kill = 0; kill < 10; kill += 1) {
      const told = await takeOrdersAndDie(path, Math.random() * 40);
      assert.notEqual(told.length, 0);
      kept.push(...told);
      const { records } = await ordersOf(await jsonFileStorage(path)).list({ limit: 100_000 });
      const ids = new Set(records.map(({ id }) => id));
      assert.deepEqual(kept.filter((id) => !ids.has(id)), []);
      assert.equal(new Set(kept).size, kept.length, 'a number was given twice');
    }
  })));
});

test('a power cut at any moment leaves a whole file, with everything that was told to be kept', async (t) => {
  const path = newPath(t);
  const told: number[] = [];
  const steps: string[] = [];
  const disk = watchDisk(t, (step) => {
    steps.push(step);
    for (const text of disk.possible(path)) {
      const at = `after "${steps.join(', ')}"`;
      assert.notEqual(text, '', at);
      const ids = text === undefined ? [] : readText(text).flatMap(([, { records }]) => records.map(({ id }) => id));
      assert.deepEqual(ids.slice(0, told.length), told, at);
    }
  });
  const orders = ordersOf(await jsonFileStorage(path));
  await Promise.all([1, 2, 3, 4].map(() => orders.insert({ note: 'flat white' }).then(({ id }) => told.push(id))));
  await orders.update(2, 1, { note: 'espresso' });
  assert.deepEqual(told, [1, 2, 3, 4]);
  assert.deepEqual(steps.slice(-5), ['half written', 'written', 'flushed file', 'renamed', 'flushed folder']);
});

for (const code of ['EPERM', 'EBUSY', 'EACCES']) {
  test(`a rename that Windows refuses for a moment (${code}) is tried again`, async (t) => {
    const path = newPath(t);
    const { rename } = fs.promises;
    let refused = 0;
    Object.assign(fs.promises, { rename: async (from: string, to: string) => {
      if ((refused += 1) <= 3) throw Object.assign(new Error(`${code}: not now`), { code });
      return rename(from, to);
    } });
    syncBuiltinESMExports();
    t.after(() => { Object.assign(fs.promises, { rename }); syncBuiltinESMExports(); });
    assert.equal((await ordersOf(await jsonFileStorage(path)).insert({ note: 'flat white' })).id, 1);
    assert.equal(refused, 4);
    assert.ok(readFileSync(path, 'utf8').includes('flat white'));
  });
}

for (const [code, times] of [['EPERM', 20], ['EBUSY', 20], ['EACCES', 20], ['EROFS', 1]] as const) {
  test(`a rename that is refused for good (${code}) is tried ${times} times in all`, async (t) => {
    const path = newPath(t);
    const storage = await jsonFileStorage(path);
    await ordersOf(storage).insert({ note: 'first' });
    const { rename } = fs.promises;
    let refused = 0;
    const refuse = async () => {
      refused += 1;
      if (refused > times) await rename(`${path}.new`, path); // Or it would never end.
      else throw Object.assign(new Error(`${code}: not today`), { code });
    };
    Object.assign(fs.promises, { rename: refuse });
    syncBuiltinESMExports();
    const restore = () => { Object.assign(fs.promises, { rename }); syncBuiltinESMExports(); };
    t.after(restore);
    const message = `${path} could not be saved, so the change was not made: ${code}: not today.`;
    await assert.rejects(ordersOf(storage).insert({ note: 'second' }), { message });
    assert.equal(refused, times);
    restore();
    assert.equal((await ordersOf(storage).insert({ note: 'third' })).id, 2);
    const kept = await ordersOf(await jsonFileStorage(path)).list();
    assert.deepEqual(kept.records.map(({ note }) => note), ['first', 'third']);
  });
}

for (const [code, status] of [['EPERM', 'fulfilled'], ['EINVAL', 'fulfilled'], ['EIO', 'rejected']] as const) {
  test(`a folder that cannot be flushed (${code}): the change is ${status}, and the next one is kept`, async (t) => {
    const path = newPath(t);
    const storage = await jsonFileStorage(path);
    await ordersOf(storage).insert({ note: 'first' });
    const { open } = fs.promises;
    Object.assign(fs.promises, { open: async (...given: Parameters<typeof open>) => {
      const handle = await open(...given);
      if (given[1] === 'r') handle.sync = async () => { throw Object.assign(new Error(`${code}: no`), { code }); };
      return handle;
    } });
    syncBuiltinESMExports();
    const restore = () => { Object.assign(fs.promises, { open }); syncBuiltinESMExports(); };
    t.after(restore);
    const [result] = await Promise.allSettled([ordersOf(storage).insert({ note: 'second' })]);
    assert.equal(result!.status, status);
    restore();
    await ordersOf(storage).insert({ note: 'third' });
    const notes = (await ordersOf(await jsonFileStorage(path)).list()).records.map(({ note }) => note);
    assert.deepEqual(notes, status === 'fulfilled' ? ['first', 'second', 'third'] : ['first', 'third']);
    assert.deepEqual((await ordersOf(storage).list()).records.map(({ note }) => note), notes);
    assert.equal(existsSync(`${path}.new`), false);
  });
}
