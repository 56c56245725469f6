// The database when its process is killed: what was acknowledged is kept, and the lock is free again.
//
//   writer  ──►  "17\n18\n"  ──►  kill -9  ──►  open: 1 to 18 are there, each paid order with its payment

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { openDatabase } from '../db/database.ts';
import { lockFolder } from '../db/lock.ts';
import { KilledCafe, startWriter } from './db/kill.ts';

const KILLS = 100;

function newFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'db-crash-'));
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return join(folder, 'data');
}

test(`${KILLS} times killed under load, and all that was acknowledged is kept, with nothing half`, { concurrency: 2 }, async (t) => {
  await Promise.all([1, 2].map((round) => t.test(`round ${round}`, async (t) => {
    const folder = newFolder(t);
    const cafe = new KilledCafe(folder);
    let snapshots = 0;
    for (let kill = 0; kill < KILLS / 2; kill += 1) {
      const { told, ...wrong } = await cafe.killOnce();
      assert.notEqual(told.length, 0);
      assert.deepEqual(wrong, { twice: [], lost: [], half: [] });
      assert.deepEqual(readdirSync(folder).filter((name) => name.endsWith('.new')), []);
      snapshots = Math.max(snapshots, cafe.snapshots);
    }
    assert.ok(snapshots > 3, `only ${snapshots} snapshots were taken meanwhile`);
  })));
});

test('a second process is refused with the number of the first, and may open when that was killed', async (t) => {
  const folder = newFolder(t);
  const { child, closed } = startWriter(folder);
  t.after(() => child.kill('SIGKILL'));
  await new Promise((resolve) => child.stdout.once('data', resolve));
  await assert.rejects(openDatabase(folder), { message: `${folder} is in use by another program (process ${child.pid}), and two at once would overwrite each other. End that one first, or set DATA_DIR to another folder.` });
  child.stdout.resume();
  child.kill('SIGKILL');
  await closed;
  await (await openDatabase(folder, { report: () => {} })).close();
});

test('a start removes what a crash has left half-written, and nothing else', async (t) => {
  const folder = newFolder(t);
  await (await openDatabase(folder)).close();
  const left = ['snapshot-7.jsonl.new', 'journal-12.jsonl.new'];
  const others = ['snapshot-x.jsonl.new', 'snapshot-7.jsonl.new.txt', 'my.new'];
  for (const name of [...left, ...others]) writeFileSync(join(folder, name), 'half a snap');
  writeFileSync(join(folder, 'journal-1.jsonl'), '');
  await assert.rejects(openDatabase(folder), /Nothing in the folder was changed/);
  for (const name of left) assert.ok(existsSync(join(folder, name)), name);
  rmSync(join(folder, 'journal-1.jsonl'));
  await (await openDatabase(folder, { report: assert.fail })).close();
  assert.deepEqual(readdirSync(folder).sort(), ['journal-1.jsonl', ...others].sort());
});

test('a half-written file that cannot be removed is reported, and no more', async (t) => {
  const folder = newFolder(t);
  const left = join(folder, 'snapshot-7.jsonl.new');
  mkdirSync(left, { recursive: true });
  const said: string[] = [];
  await (await openDatabase(folder, { report: (sentence) => said.push(sentence) })).close();
  assert.equal(said.length, 1);
  assert.match(said[0]!, /^An old file could not be removed: E[A-Z]+: .+-7\.jsonl\.new'\.$/);
  assert.ok(existsSync(left));
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
