// The store of lesson 17: one line for each change, all of them read again at the start.
//
//   journalStorage('db/data/17')  ──►  all that storage-contract.ts asks for, also after it is opened again
//
// Its journal is the database's: what may happen to a disk is tried in db.test.ts and db-power.test.ts.

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Storage, Stored } from '../lessons/09-logic/storage.ts';
import { UnusableFile } from '../lessons/11-json-file/unusable-file.ts';
import { journalStorage } from '../lessons/17-journal/journal-storage.ts';
import { storageContract } from './storage-contract.ts';

type Order = Stored & { guest: string };
const ordersOf = (storage: Storage) => storage.collection<Order>('orders', { initial: [{ id: 1, guest: 'ada', version: 1 }] });
const guestsIn = async (storage: Storage) => (await ordersOf(storage).list()).records.map(({ guest }) => guest);

const opened = new Set<Storage>();

function newFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'journal-'));
  t.after(async () => {
    for (const storage of opened) await storage.close().catch(() => {});
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  return join(folder, 'data', '17');
}

/** Closed when the test is over. */
async function open(folder: string, report: (sentence: string) => void = assert.fail): Promise<Storage> {
  const storage = await journalStorage(folder, report);
  opened.add(storage);
  return storage;
}

storageContract('journalStorage()', async (t) => {
  const folder = newFolder(t);
  let storage = await open(folder);
  async function reopen() {
    await storage.close();
    return storage = await open(folder);
  }
  return { storage, reopen };
});

test('journalStorage() writes what a collection begins with once, together with the first change', async (t) => {
  const folder = newFolder(t);
  const storage = await open(folder);
  await ordersOf(storage).insert({ guest: 'ben' });
  await ordersOf(storage).insert({ guest: 'eve' });
  await storage.close();
  assert.deepEqual(readdirSync(folder), ['journal-1.jsonl']);
  const changes = readFileSync(join(folder, 'journal-1.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line).changes);
  assert.deepEqual(changes, [undefined,
    [{ in: 'orders', record: { id: 1, guest: 'ada', version: 1 } }, { in: 'orders', record: { guest: 'ben', id: 2, version: 1 } }],
    [{ in: 'orders', record: { guest: 'eve', id: 3, version: 1 } }],
  ]);
});

test('journalStorage() drops a torn tail, says so, and goes on behind the last whole line', async (t) => {
  const folder = newFolder(t);
  const file = join(folder, 'journal-1.jsonl');
  const first = await open(folder);
  await ordersOf(first).insert({ guest: 'ben' });
  await ordersOf(first).insert({ guest: 'eve' });
  await first.close();
  writeFileSync(file, readFileSync(file).subarray(0, -20));
  const said: string[] = [];
  const second = await open(folder, (sentence) => said.push(sentence));
  assert.deepEqual(await guestsIn(second), ['ada', 'ben']);
  assert.match(said.join('\n'), /^\S+journal-1\.jsonl: its last \d+ bytes are half a line, as after a power cut, so they are dropped\. They belong to a change that was never confirmed\.$/);
  await ordersOf(second).insert({ guest: 'zoë' });
  await second.close();
  assert.deepEqual(await guestsIn(await open(folder)), ['ada', 'ben', 'zoë']);
});

test('journalStorage() refuses a journal with a damaged line in the middle, and a folder that is open already', async (t) => {
  const folder = newFolder(t);
  const file = join(folder, 'journal-1.jsonl');
  const storage = await open(folder);
  await ordersOf(storage).insert({ guest: 'ben' });
  await ordersOf(storage).insert({ guest: 'eve' });
  await assert.rejects(open(folder), { constructor: UnusableFile, message: `${folder} is in use by another program (process ${process.pid}), and two at once would overwrite each other. End that one first, or set DATA_DIR to another folder.` });
  await storage.close();
  const damaged = readFileSync(file, 'utf8').replace('"ben"', '"bob"');
  writeFileSync(file, damaged);
  await assert.rejects(open(folder), { constructor: UnusableFile, message: `${file} cannot be used: line 2 is damaged: its checksum does not match, but whole lines come after it. Nothing in the folder was changed. Put a good copy of it back, or move the whole folder away to start with no data.` });
  assert.equal(readFileSync(file, 'utf8'), damaged);
});
