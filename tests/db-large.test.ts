// The database where it gets tight: many records, large ones, strange text, a clock that lies, a full disk.
//
//   100,000 items, one note of 1 MB, "\ud83d" alone  ──►  the same after a start, from snapshot and journal

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { openDatabase, type Database } from '../db/database.ts';
import { items, type Item } from '../lessons/03-address/items.ts';
import type { Stored } from '../lessons/09-logic/storage.ts';

type Note = Stored & { text: string };

function newFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'db-'));
  t.after(() => {
    if (existsSync(join(folder, 'disk'))) spawnSync('umount', [join(folder, 'disk')]);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  return folder;
}

const menuOf = (db: Database) => db.collection<Item>('menu', { unique: ['name'], indexes: ['category'] });
const notesOf = (db: Database) => db.collection<Note>('notes', { indexes: ['text'] });
const allIn = async (db: Database) => (await menuOf(db).list({ limit: Infinity })).records;

test('openDatabase() keeps 100,000 records, in snapshots and in the journal behind the last one', async (t) => {
  const folder = newFolder(t);
  const db = await openDatabase(folder);
  const menu = menuOf(db);
  for (let from = 0; from < 100_000; from += 1_000) {
    await Promise.all(Array.from({ length: 1_000 }, (_, n) => menu.insert({ ...items[n % items.length]!, name: `Item ${from + n + 1}` })));
  }
  await menu.update(42, 1, { ...items[1]!, name: 'Flat white', stock: 119 });
  await menu.remove(43);
  const before = await allIn(db);
  await db.close();
  assert.equal(before.length, 99_999);
  assert.ok(!existsSync(join(folder, 'journal-1.jsonl')), 'there was no snapshot');
  const again = await openDatabase(folder);
  assert.deepEqual(await allIn(again), before);
  assert.deepEqual(await menuOf(again).find('name', 'Flat white'), [{ ...items[1], id: 42, name: 'Flat white', stock: 119, version: 2 }]);
  assert.equal(await menuOf(again).get(43), undefined);
  await again.close();
});

const texts = ['x'.repeat(1_000_000), '☕ und é '.repeat(100_000), 'one\ntwo\r\nthree\u2028four\0', '\ud83d alone, and \udc00', '{"sum":"00000000","length":2,"seq":1}', ''];

for (const [where, snapshotAfter] of [['the journal', 1e12], ['snapshots', 1]] as const) {
  test(`openDatabase() reads back from ${where} what was stored: 1 MB, line breaks, emoji, half an emoji, text like its own lines`, async (t) => {
    const folder = newFolder(t);
    const db = await openDatabase(folder, { snapshotAfter });
    for (const text of texts) await notesOf(db).insert({ text });
    await db.close();
    const again = await openDatabase(folder, { report: assert.fail });
    assert.deepEqual((await notesOf(again).list()).records.map(({ text }) => text), texts);
    for (const [index, text] of texts.entries()) assert.deepEqual((await notesOf(again).find('text', text)).map(({ id }) => id), [index + 1]);
    await again.close();
  });
}

test('a clock that goes backwards changes nothing', async (t) => {
  const folder = newFolder(t);
  let now = Date.now();
  t.mock.method(Date, 'now', () => { now -= 60_000; return now; });
  const names: string[] = [];
  for (let round = 1; round <= 5; round += 1) {
    const db = await openDatabase(folder, { snapshotAfter: 500, report: assert.fail });
    for (let n = 1; n <= 10; n += 1) names.push((await menuOf(db).insert({ ...items[1]!, name: `Item ${round}.${n}` })).name);
    await db.close();
  }
  const db = await openDatabase(folder, { report: assert.fail });
  assert.deepEqual((await allIn(db)).map(({ id, name }) => [id, name]), names.map((name, index) => [index + 1, name]));
  await db.close();
});

// ── a disk that is really full ────────────────────────────────────────────────────────────────

/** A disk of 256 KB in memory; undefined where this user may not make one. */
function smallDisk(t: TestContext): string | undefined {
  const folder = join(newFolder(t), 'disk');
  mkdirSync(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  return folder;
}

test('a disk that is really full refuses changes, loses none, and takes them again when there is room', async (t) => {
  const disk = smallDisk(t);
  if (disk === undefined) return t.skip('Nobody but root can mount a small disk, and only on Linux.');
  const folder = join(disk, 'data');
  const said: string[] = [];
  const report = (sentence: string) => said.push(sentence);
  const db = await openDatabase(folder, { snapshotAfter: 60_000, report });
  const kept: number[] = [];
  const insert = async () => (await notesOf(db).insert({ text: 'x'.repeat(5_000) })).id;
  let refused: Error | undefined;
  while (refused === undefined && kept.length < 200) await insert().then((id) => kept.push(id), (error) => { refused = error; });
  assert.match(refused!.message, /^The change could not be written to the disk, so it was not made: ENOSPC/);
  assert.ok(kept.length >= 20, `${kept.length} kept`);
  execFileSync('mount', ['-o', 'remount,size=2m', disk]);
  kept.push(await insert());
  const idsIn = async (one: Database) => (await notesOf(one).list({ limit: 1_000 })).records.map(({ id }) => id);
  assert.deepEqual(await idsIn(db), kept);
  await db.close();
  // Whether a snapshot was tried while there was no room is left to chance. If so, nothing of it lies about.
  for (const sentence of said) assert.match(sentence, /^\S+snapshot-\d\.jsonl could not be written: ENOSPC[^\n]* Nothing is lost: the journal holds everything, and it is tried again later\.$/);
  assert.deepEqual(readdirSync(folder).filter((name) => name.endsWith('.new')), []);
  const again = await openDatabase(folder, { report: assert.fail });
  assert.deepEqual(await idsIn(again), kept);
  await again.close();
});
