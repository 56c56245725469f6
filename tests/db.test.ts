// The database: what it keeps, what it refuses, and all or nothing.
//
//   openDatabase('db/data/18')  ──►  all that storage-contract.ts asks for, also after it is opened again
//
// That nothing is lost when the power fails is tried in db-power.test.ts.

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { openDatabase, type Database, type DatabaseOptions } from '../db/database.ts';
import { Overlay } from '../db/overlay.ts';
import { decodeLine, encodeLine } from '../db/journal-line.ts';
import { memoryStorage } from '../lessons/09-logic/memory.ts';
import type { Collection, Storage, Stored } from '../lessons/09-logic/storage.ts';
import { Table } from '../lessons/09-logic/table.ts';
import { UnusableFile } from '../lessons/11-json-file/unusable-file.ts';
import { randomFrom } from './db/disk.ts';
import { storageContract } from './storage-contract.ts';

type Order = Stored & { guest: string; note?: string };
const ordersOf = (db: Database) => db.collection<Order>('orders', { unique: ['note'], indexes: ['guest'] });
const guestsIn = async (db: Database) => (await ordersOf(db).list({ limit: 100_000 })).records.map(({ guest }) => guest);

const opened = new Set<Database>();

function newFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'db-'));
  t.after(async () => {
    for (const db of opened) await db.close().catch(() => {});
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  return join(folder, 'data', '18');
}

/** Closed when the test is over. */
async function open(folder: string, options: DatabaseOptions = {}): Promise<Database> {
  const db = await openDatabase(folder, { report: (sentence) => assert.fail(sentence), ...options });
  opened.add(db);
  return db;
}

for (const [name, snapshotAfter] of [['openDatabase()', 1_000_000], ['openDatabase(), with a snapshot at every change,', 1]] as const) {
  storageContract(name, async (t) => {
    const folder = newFolder(t);
    const opened = { storage: await open(folder, { snapshotAfter }) };
    async function reopen() {
      await opened.storage.close();
      return opened.storage = await open(folder, { snapshotAfter });
    }
    return { ...opened, reopen };
  });
}

// ── the files ─────────────────────────────────────────────────────────────────────────────────

const path = (folder: string, name: string) => join(folder, name);
const linesOf = (folder: string, name: string) => readFileSync(path(folder, name), 'utf8').split('\n').slice(0, -1);

/** Orders for a, b and c; the last two in one batch. */
async function threeOrders(folder: string): Promise<void> {
  const db = await open(folder);
  await ordersOf(db).insert({ guest: 'a' });
  await Promise.all([ordersOf(db).insert({ guest: 'b' }), ordersOf(db).insert({ guest: 'é☕' })]);
  await db.close();
}

test('openDatabase() writes one line for each change, which a person can read', async (t) => {
  const folder = newFolder(t);
  await threeOrders(folder);
  const db = await open(folder);
  await ordersOf(db).update(2, 1, { guest: 'bob' });
  await ordersOf(db).remove(1);
  assert.deepEqual(readdirSync(folder), ['journal-1.jsonl']);
  assert.deepEqual(linesOf(folder, 'journal-1.jsonl').map((line) => line.replace(/^\{"sum":"[\da-f]{8}","length":\d+,/, '')), [
    '"format":1,"journal":1,"after":0}',
    '"seq":1,"batch":1,"changes":[{"in":"orders","record":{"id":1,"guest":"a","version":1}}]}',
    '"seq":2,"batch":2,"changes":[{"in":"orders","record":{"id":2,"guest":"b","version":1}}]}',
    '"seq":3,"batch":2,"changes":[{"in":"orders","record":{"id":3,"guest":"é☕","version":1}}]}',
    '"seq":4,"batch":4,"changes":[{"in":"orders","record":{"id":2,"guest":"bob","version":2}}]}',
    '"seq":5,"batch":5,"changes":[{"in":"orders","removed":1}]}',
  ]);
});

test('decodeLine() gives back what encodeLine() was given, and nothing when a single byte is another one or it is no line', () => {
  const line = Buffer.from(encodeLine('"seq":1,"text":"Café ☕"}').slice(0, -1));
  assert.deepEqual(decodeLine(line), { sum: '3d724d81', length: 27, seq: 1, text: 'Café ☕' });
  for (let at = 0; at < line.length; at += 1) {
    for (const bit of [1, 32, 128]) {
      const other = Buffer.from(line);
      other[at]! ^= bit;
      assert.equal(decodeLine(other), undefined, `byte ${at}`);
    }
    assert.equal(decodeLine(line.subarray(0, at)), undefined);
  }
  for (const text of ['null', '42', '[]', '{}', '"sum"']) assert.equal(decodeLine(Buffer.from(text)), undefined, text);
});

test('a journal cut off at any byte opens with all whole lines, says what it dropped, and goes on', async (t) => {
  const folder = newFolder(t);
  await threeOrders(folder);
  const file = path(folder, 'journal-1.jsonl');
  const whole = readFileSync(file);
  const ends = [...whole.entries()].flatMap(([at, byte]) => (byte === 10 ? [at] : []));
  for (let size = ends[0]! + 1; size < whole.length; size += 1) {
    writeFileSync(file, whole.subarray(0, size));
    const said: string[] = [];
    const db = await open(folder, { report: (sentence) => said.push(sentence) });
    const count = ends.filter((end) => end <= size).length - 1;
    const dropped = size - ends[count]! - 1;
    assert.deepEqual(await guestsIn(db), ['a', 'b', 'é☕'].slice(0, count));
    assert.deepEqual(said, dropped <= 0 ? [] : [`${file}: its last ${dropped} bytes are half a line, as after a power cut, so they are dropped. They belong to a change that was never confirmed.`], `${size}`);
    assert.equal((await ordersOf(db).insert({ guest: 'eve' })).id, count + 1);
    await db.close();
    const again = await open(folder);
    assert.deepEqual(await guestsIn(again), [...['a', 'b', 'é☕'].slice(0, count), 'eve']);
    await again.close();
  }
});

test('a batch of which the first half was lost and the second kept is a torn tail', async (t) => {
  const folder = newFolder(t);
  await threeOrders(folder);
  const file = path(folder, 'journal-1.jsonl');
  const lines = linesOf(folder, 'journal-1.jsonl');
  writeFileSync(file, `${lines[0]}\n${lines[1]}\n${'\0'.repeat(lines[2]!.length + 1)}${lines[3]}\n`);
  const said: string[] = [];
  assert.deepEqual(await guestsIn(await open(folder, { report: (sentence) => said.push(sentence) })), ['a']);
  assert.equal(said.length, 1);
});

const leftAsItIs = 'Nothing in the folder was changed. Put a good copy of it back, or move the whole folder away to start with no data.';

for (const [what, change, problem] of [
  ['a line changed in the middle', (lines) => { lines[1] = lines[1]!.replace('"a"', '"b"'); }, 'line 2 is damaged: its checksum does not match, but whole lines come after it.'],
  ['a line lost in the middle', (lines) => { lines.splice(1, 1); }, 'line 2 is damaged: its "seq" must be 1, but it is 2, so lines are missing or in the wrong order.'],
  ['a line twice', (lines) => { lines.splice(2, 0, lines[1]!); }, 'line 3 is damaged: its "seq" must be 2, but it is 1, so lines are missing or in the wrong order.'],
  ['zeros over a line and its line break', (lines) => { lines.splice(1, 2, '\0'.repeat(lines[1]!.length + 1) + lines[2]); }, 'line 2 is damaged: its checksum does not match, but whole lines come after it.'],
  ['a damaged first line', (lines) => { lines[0] = lines[0]!.replace('"journal":1', '"journal":2'); }, 'line 1 is damaged: its checksum does not match.'],
  ['line breaks of Windows', (lines) => { for (const at of lines.keys()) lines[at] += '\r'; }, 'line 1 is damaged: its checksum does not match.'],
  ['nothing in it', (lines) => { lines.splice(0); }, 'line 1 is damaged: its checksum does not match.'],
  ['the number of another journal', (lines) => { lines[0] = encodeLine('"format":1,"journal":2,"after":0}').trimEnd(); }, 'line 1 is damaged: its "journal" must be 1, but it is 2.'],
  ['another end before it', (lines) => { lines[0] = encodeLine('"format":1,"journal":1,"after":7}').trimEnd(); }, 'line 1 is damaged: its "after" must be 0, the last line before it, but it is 7.'],
  ['a newer format', (lines) => { lines[0] = encodeLine('"format":2,"journal":1,"after":0}').trimEnd(); }, 'its "format" must be 1, but it is 2. Perhaps a newer version of the program has written it.'],
] as [string, (lines: string[]) => void, string][]) {
  test(`a journal with ${what} is refused, and left as it is`, async (t) => {
    const folder = newFolder(t);
    await threeOrders(folder);
    const file = path(folder, 'journal-1.jsonl');
    const lines = linesOf(folder, 'journal-1.jsonl');
    change(lines);
    const text = lines.map((line) => `${line}\n`).join('');
    writeFileSync(file, text);
    await assert.rejects(open(folder), { constructor: UnusableFile, message: `${file} cannot be used: ${problem} ${leftAsItIs}` });
    assert.equal(readFileSync(file, 'utf8'), text);
    await assert.rejects(open(folder), { constructor: UnusableFile }, 'the lock was kept');
  });
}

// ── snapshots ─────────────────────────────────────────────────────────────────────────────────

/** Orders of guests 1 to 60, with several snapshots meanwhile. */
async function manyOrders(folder: string): Promise<string[]> {
  const db = await open(folder, { snapshotAfter: 800 });
  const guests = Array.from({ length: 60 }, (_, n) => `guest ${n + 1}`);
  for (const guest of guests) await ordersOf(db).insert({ guest });
  await db.close();
  return guests;
}

const numberOf = (name: string) => Number(/\d+/.exec(name)![0]);

test('a snapshot takes the place of the journal before it; one of each is kept', async (t) => {
  const folder = newFolder(t);
  const guests = await manyOrders(folder);
  const names = readdirSync(folder).sort((a, b) => numberOf(a) - numberOf(b) || a.localeCompare(b));
  const last = numberOf(names.at(-1)!);
  assert.ok(last > 3);
  assert.deepEqual(names, [`journal-${last - 1}.jsonl`, `snapshot-${last - 1}.jsonl`, `journal-${last}.jsonl`, `snapshot-${last}.jsonl`]);
  assert.deepEqual(await guestsIn(await open(folder)), guests);
});

test('a damaged snapshot is refused with its line, the one before is named, and holds the same', async (t) => {
  const folder = newFolder(t);
  const guests = await manyOrders(folder);
  const last = Math.max(...readdirSync(folder).map(numberOf));
  const [file, before] = [path(folder, `snapshot-${last}.jsonl`), path(folder, `snapshot-${last - 1}.jsonl`)];
  const whole = readFileSync(file, 'utf8');
  const wayOut = `Nothing in the folder was changed. ${before} and the journals from journal-${last - 1}.jsonl on hold the same: move ${file} away, and start again.`;
  const lines = whole.split('\n');
  for (const [text, problem] of [
    [whole.replace('"guest 3"', '"guest 8"'), 'line 3 is damaged: its checksum, which covers the lines after it too, does not match.'],
    [whole.replace('"guest 3"', 'guest 3"'), 'line 5 is damaged: it is not a record in JSON.'],
    [whole.slice(0, -1 - lines.at(-2)!.length), `line ${lines.length - 1} is damaged: it is missing, and so is everything after it.`],
    [`${whole}x\n`, `line ${lines.length} is damaged: it comes after the end.`],
    ['', 'line 1 is damaged: it is missing, and so is everything after it.'],
  ] as const) {
    writeFileSync(file, text);
    await assert.rejects(open(folder), { constructor: UnusableFile, message: `${file} cannot be used: ${problem} ${wayOut}` });
  }
  rmSync(file);
  assert.deepEqual(await guestsIn(await open(folder)), guests);
});

test('of a damaged first snapshot, the journals that hold the same are named', async (t) => {
  const folder = newFolder(t);
  const db = await open(folder, { snapshotAfter: 300 });
  const guests = ['ada', 'bob', 'eve', 'zoë'];
  while (!readdirSync(folder).includes('snapshot-2.jsonl')) {
    guests.push(`guest ${guests.length}`);
    await ordersOf(db).insert({ guest: guests.at(-1)! });
  }
  await db.close();
  const names = ['journal-1.jsonl', 'journal-2.jsonl', 'snapshot-2.jsonl'];
  assert.deepEqual(readdirSync(folder).sort(), names);
  const file = path(folder, 'snapshot-2.jsonl');
  const whole = readFileSync(file);
  const damaged = `${file} cannot be used: line 1 is damaged: it is missing, ` +
    'and so is everything after it. Nothing in the folder was changed.';
  writeFileSync(file, '');
  await assert.rejects(open(folder), {
    constructor: UnusableFile,
    message: `${damaged} The journals from journal-1.jsonl on hold the same: ` +
      `move ${file} away, and start again.`,
  });
  rmSync(path(folder, 'journal-1.jsonl'));
  await assert.rejects(open(folder), {
    constructor: UnusableFile,
    message: `${damaged} Put a good copy of it back, or move the whole folder away to start with no data.`,
  });
  writeFileSync(file, whole);
  assert.deepEqual(await guestsIn(await open(folder)), guests.slice(4));
});

test('a snapshot holds each record once, in pieces', async (t) => {
  const folder = newFolder(t);
  const db = await open(folder);
  const guest = 'a guest with a name of some length, so that a thousand of them fill two pieces';
  const changes = Array.from({ length: 2_000 }, () => ordersOf(db).insert({ guest }));
  await Promise.all(changes);
  await db.close();
  const again = await open(folder, { snapshotAfter: 1 });
  await ordersOf(again).insert({ guest });
  await again.close();
  const lines = linesOf(folder, 'snapshot-2.jsonl').map((line) => JSON.parse(line));
  const pieces = lines.filter((line) => line.in === 'orders');
  assert.ok(pieces.length > 2, `${pieces.length} pieces`);
  const counted = pieces.reduce((sum, { records }) => sum + records, 0);
  const ids = lines.flatMap((line) => line.id ?? []);
  assert.deepEqual([counted, ids], [2_001, Array.from({ length: 2_001 }, (_, n) => n + 1)]);
});

test('a copy of the folder opens, taken while the database is open', async (t) => {
  const [folder, copy] = [newFolder(t), newFolder(t)];
  const guests = await manyOrders(folder);
  const db = await open(folder);
  cpSync(folder, copy, { recursive: true });
  await ordersOf(db).insert({ guest: 'eve' });
  assert.deepEqual(await guestsIn(await open(copy)), guests);
});

test('a collection that asks for more than its records keep is refused, and left as it is', async (t) => {
  const folder = newFolder(t);
  const first = await open(folder);
  for (const guest of ['ada', 'ben', 'ada']) await ordersOf(first).insert({ guest });
  await first.close();
  const db = await open(folder);
  assert.throws(() => db.collection<Order>('orders', { unique: ['guest'] }), { constructor: UnusableFile, message: `${folder} cannot be used: in "orders", 1 and 3 have the same guest, "ada". It is left as it is.` });
  assert.deepEqual(await guestsIn(db), ['ada', 'ben', 'ada']);
});

test('a journal that is missing is named', async (t) => {
  const folder = newFolder(t);
  await manyOrders(folder);
  const last = Math.max(...readdirSync(folder).map(numberOf));
  rmSync(path(folder, `journal-${last}.jsonl`));
  await assert.rejects(open(folder), { message: `${path(folder, `journal-${last}.jsonl`)} cannot be used: it is missing, but the other files in the folder need it. ${leftAsItIs}` });
});

test('a second one on the same folder is refused with the process that has it, and opens when that has closed', async (t) => {
  const folder = newFolder(t);
  const db = await open(folder);
  await assert.rejects(open(folder), { constructor: UnusableFile, message: `${folder} is in use by another program (process ${process.pid}), and two at once would overwrite each other. End that one first, or set DATA_DIR to another folder.` });
  await db.close();
  await open(folder);
});

test('a closed database says so', async (t) => {
  const db = await open(newFolder(t));
  await db.close();
  await assert.rejects(ordersOf(db).insert({ guest: 'ada' }), { message: 'The database was closed, so nothing can be changed. Open it again.' });
});

test('close() lets no other snapshot begin, though changes that nobody waits for go on', async (t) => {
  const folder = newFolder(t);
  const db = await open(folder, { snapshotAfter: 1 });
  const changes = Array.from({ length: 12_000 }, (_, n) => ordersOf(db).insert({ guest: `${n}` }));
  await changes[0]; // One snapshot has begun, and eleven batches wait.
  await db.close();
  const names = readdirSync(folder).sort();
  assert.equal((await Promise.all(changes)).length, 12_000);
  assert.deepEqual(names, ['journal-1.jsonl', 'journal-2.jsonl', 'snapshot-2.jsonl']);
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.deepEqual(readdirSync(folder).sort(), names);
  assert.equal((await guestsIn(await open(folder))).length, 12_000);
});

// ── transactions ──────────────────────────────────────────────────────────────────────────────

type Item = Stored & { name: string; stock: number };
const menuOf = (db: Database) => db.collection<Item>('menu', { unique: ['name'], initial: [{ id: 1, version: 1, name: 'Cake', stock: 1 }] });

function sell(db: Database, guest: string): Promise<number> {
  return db.transaction((draft) => {
    const { id } = draft.in<Order>('orders').insert({ guest });
    const cake = draft.in<Item>('menu').get(1)!;
    if (cake.stock === 0) throw new Error('There is no cake left.');
    draft.in<Item>('menu').update(1, cake.version, { ...cake, stock: cake.stock - 1 });
    return id;
  });
}

test('transaction() makes all of its changes or none, and sees those on their way', async (t) => {
  const folder = newFolder(t);
  const db = await open(folder);
  ordersOf(db);
  menuOf(db);
  const sold = await Promise.allSettled([sell(db, 'ada'), sell(db, 'bob')]);
  assert.deepEqual(sold.map((result) => (result.status === 'fulfilled' ? result.value : result.reason.message)), [1, 'There is no cake left.']);
  for (const one of [db, await db.close().then(() => open(folder))]) {
    assert.deepEqual(await guestsIn(one), ['ada']);
    assert.deepEqual(await menuOf(one).get(1), { id: 1, name: 'Cake', stock: 0, version: 2 });
  }
});

test('transaction() reads its own writes, and nobody else does before they are on the disk', async (t) => {
  const db = await open(newFolder(t));
  const orders = ordersOf(db);
  const done = db.transaction((draft) => {
    const own = draft.in<Order>('orders');
    const ada = own.insert({ guest: 'ada', note: '1' });
    own.insert({ guest: 'bob', note: '2' });
    assert.equal(own.remove(2), true);
    assert.equal(own.remove(2), false);
    own.update(1, 1, { guest: 'eve', note: '2' });
    assert.throws(() => own.insert({ guest: 'x', note: '2' }), { reason: 'taken' });
    assert.deepEqual([own.get(1)?.guest, own.get(2), own.find('guest', 'ada'), own.find('guest', 'eve').length], ['eve', undefined, [], 1]);
    return ada.id;
  });
  assert.deepEqual(await orders.find('guest', 'eve'), []);
  assert.equal(await done, 1);
  assert.deepEqual((await orders.list()).records, [{ id: 1, guest: 'eve', note: '2', version: 2 }]);
  assert.equal((await orders.insert({ guest: 'ada' })).id, 3);
});

test('transaction() refuses to wait, to go on when it is over, and collections that nobody has asked for', async (t) => {
  const db = await open(newFolder(t));
  ordersOf(db);
  await assert.rejects(db.transaction(async (draft) => { draft.in<Order>('orders').insert({ guest: 'ada' }); }), { message: 'A transaction must not wait, but this one returned a promise, so nothing was changed. Take away "async" and "await", and ask for what it needs before it begins.' });
  const late = await db.transaction((draft) => draft.in<Order>('orders'));
  assert.throws(() => late.insert({ guest: 'ada' }), { message: 'This transaction is over, so nothing can be added to it. Begin another one.' });
  await assert.rejects(db.transaction((draft) => draft.in('menu')), { message: 'There is no collection "menu" in this transaction: call storage.collection("menu", …) once before.' });
  assert.deepEqual(await guestsIn(db), []);
});

// ── against a simple store ────────────────────────────────────────────────────────────────────

type Cup = Stored & { tag: number | null; shelf: number };

/** A change, the same for both stores, chosen by three numbers from 0 to 1. */
function changeOf(what: number, which: number, value: number) {
  const fields = { tag: value < 0.1 ? null : Math.floor(value * 12), shelf: Math.floor(value * 1_000) % 3 };
  const id = 1 + Math.floor(which * 30);
  return async (cups: Collection<Cup>, version: number): Promise<unknown> => {
    if (what < 0.4) return cups.insert(fields);
    if (what < 0.8) return cups.update(id, version, fields);
    return cups.remove(id, what < 0.9 ? version : undefined);
  };
}

for (const seed of [1, 2, 3]) {
  test(`openDatabase() answers 3,000 random changes, up to 100 at once, as memoryStorage() does (seed ${seed})`, async (t) => {
    const random = randomFrom(seed);
    const folder = newFolder(t);
    const cupsOf = (storage: Storage) => storage.collection<Cup>('cups', { unique: ['tag'], indexes: ['shelf'] });
    const model = cupsOf(memoryStorage());
    let db = await open(folder, { snapshotAfter: 5_000 });
    for (let left = 3_000; left > 0;) {
      const many = 1 + Math.floor(random() * 100);
      const changes = Array.from({ length: many }, () => [changeOf(random(), random(), random()), 1 + Math.floor(random() * 2)] as const);
      const [wanted, came] = await Promise.all([model, cupsOf(db)].map((cups) => Promise.allSettled(changes.map(([change, version]) => change(cups, version)))));
      assert.deepEqual(came, wanted);
      left -= many;
      if (random() < 0.3) {
        await db.close();
        db = await open(folder, { snapshotAfter: 5_000 });
      }
      assert.deepEqual(await cupsOf(db).list(), await model.list());
      for (const shelf of [0, 1, 2]) assert.deepEqual(await cupsOf(db).find('shelf', shelf), await model.find('shelf', shelf));
    }
  });
}

test('a second removal is answered after the first one is on the disk', async (t) => {
  const db = await open(newFolder(t));
  const { id } = await ordersOf(db).insert({ guest: 'ada' });
  let isGone = false;
  const removed = ordersOf(db).remove(id).then((was) => { isGone = true; return was; });
  assert.equal(await ordersOf(db).remove(id).then((was) => { assert.ok(isGone, 'it was told too early'); return was; }), false);
  assert.equal(await removed, true);
});

test('Overlay keeps a later change of a record when an earlier one has arrived below', () => {
  const under = new Table<Order>('orders', { unique: ['note'] });
  const overlay = new Overlay<Order>('orders', { unique: ['note'] }, under);
  const [first, second] = [1, 2].map((version) => ({ id: 1, after: { id: 1, version, guest: 'ada', note: `v${version}` } }));
  overlay.add(first!);
  overlay.add(second!);
  under.apply(first!);
  overlay.confirm(first!);
  assert.deepEqual([overlay.get(1)?.version, overlay.find('note', 'v1'), overlay.find('note', 'v2').length, overlay.lastId], [2, [], 1, 1]);
  under.apply(second!);
  overlay.confirm(second!);
  assert.deepEqual([overlay.get(1)?.version, overlay.find('note', 'v1'), overlay.find('note', 'v2').length], [2, [], 1]);
});
