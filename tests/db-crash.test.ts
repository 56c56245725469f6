// The database when its process is killed: what was acknowledged is kept, and the lock is free again.
//
//   writer  ──►  "17\n18\n"  ──►  kill -9  ──►  open: 1 to 18 are there, each paid order with its payment

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '../db/database.ts';
import { lockFolder } from '../db/lock.ts';
import type { Stored } from '../lessons/09-logic/storage.ts';
import { typescriptFlags } from '../lessons/classroom/start.ts';

const KILLS = 100;

function newFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'db-crash-'));
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return join(folder, 'data');
}

const writer = fileURLToPath(new URL('db/writer.ts', import.meta.url));

/** Runs until `milliseconds` after its first order, and gives the numbers of all that were told to be kept. */
async function takeOrdersAndDie(folder: string, milliseconds: number): Promise<number[]> {
  const child = spawn(process.execPath, [...typescriptFlags(), writer, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  let told = '';
  const first = new Promise<void>((resolve) => child.stdout.setEncoding('utf8').on('data', (text) => { told += text; resolve(); }));
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await Promise.race([first, closed]);
  await pause(milliseconds);
  child.kill('SIGKILL');
  await closed;
  return told.split('\n').slice(0, -1).map(Number);
}

test(`${KILLS} times killed under load, and all that was acknowledged is kept, with nothing half`, { concurrency: 2 }, async (t) => {
  await Promise.all([1, 2].map((round) => t.test(`round ${round}`, async (t) => {
    const folder = newFolder(t);
    const kept = new Set<number>();
    let snapshots = 0;
    for (let kill = 0; kill < KILLS / 2; kill += 1) {
      const told = await takeOrdersAndDie(folder, Math.random() * 40);
      assert.notEqual(told.length, 0);
      for (const id of told) {
        assert.ok(!kept.has(id), `${id} was given twice`);
        kept.add(id);
      }
      const db = await openDatabase(folder, { report: () => {} });
      const { records } = await db.collection<Stored & { note: string }>('orders').list({ limit: Infinity });
      const payments = (await db.collection<Stored & { order: number }>('payments').list({ limit: Infinity })).records;
      const ids = new Set(records.map(({ id }) => id));
      assert.deepEqual([...kept].filter((id) => !ids.has(id)), []);
      assert.deepEqual(payments.map(({ order }) => order), records.filter(({ note }) => note === 'paid').map(({ id }) => id));
      snapshots = Math.max(snapshots, ...readdirSync(folder).map((name) => Number(/^snapshot-(\d+)/.exec(name)?.[1] ?? 0)));
      await db.close();
    }
    assert.ok(snapshots > 3, `only ${snapshots} snapshots were taken meanwhile`);
  })));
});

test('a second process is refused with the number of the first, and may open when that was killed', async (t) => {
  const folder = newFolder(t);
  const child = spawn(process.execPath, [...typescriptFlags(), writer, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const closed = new Promise((resolve) => child.once('close', resolve));
  await assert.rejects(openDatabase(folder), { message: `${folder} is in use by another program (process ${child.pid}), and two at once would overwrite each other. End that one first, or set DATA_DIR to another folder.` });
  child.stdout.resume();
  child.kill('SIGKILL');
  await closed;
  await (await openDatabase(folder, { report: () => {} })).close();
});

// As on systems where a file stands for the address: there something can stay behind.
test('a lock file that nobody answers at is taken over, whatever it is', { skip: process.platform === 'win32' && 'has no such files' }, async (t) => {
  const folder = newFolder(t);
  mkdirSync(folder, { recursive: true });
  const address = join(folder, 'lock');
  const nameIn = () => address;
  writeFileSync(address, 'torn');
  const lock = await lockFolder(folder, nameIn);
  await assert.rejects(lockFolder(folder, nameIn), { message: new RegExp(`is in use by another program \\(process ${process.pid}\\)`) });
  await lock.release();
  const dead = spawn(process.execPath, ['-e', `require('net').createServer().listen(${JSON.stringify(address)}, () => process.kill(process.pid, 'SIGKILL'))`]);
  await new Promise((resolve) => dead.once('close', resolve));
  assert.ok(existsSync(address), 'the dead one left no file');
  await (await lockFolder(folder, nameIn)).release();
  assert.deepEqual(readdirSync(folder), []);
});
