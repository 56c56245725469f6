// The database on a disk whose calls fail: each of them once, one after the other.
//
//   the 57th call, a flush, fails  ──►  the change is refused, memory is as before, and what was told is kept

import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { openDatabase, type Database } from '../db/database.ts';
import type { Stored } from '../lessons/09-logic/storage.ts';
import { UnusableFile } from '../lessons/11-json-file/unusable-file.ts';
import { Disk, failure, randomFrom } from './db/disk.ts';
import { contentOf, doWork, newWork } from './db/work.ts';

const folder = '/disk/data';
const codes: Record<string, string> = { open: 'EMFILE', read: 'EIO', readdir: 'EMFILE', mkdir: 'EROFS', rename: 'EROFS', unlink: 'EROFS', write: 'ENOSPC', truncate: 'EIO', flush: 'EIO', 'flush folder': 'EIO' };

type Outcome = { call: string; path: string; ended: 'not opened' | 'went on' | 'closed' | 'not noticed' | 'only reported'; sentences: string[]; calls: number };

/** Work with the `fatal`-th call failing, and what became of it; checks that nothing is lost. */
async function failOnce(t: TestContext, fatal: number): Promise<Outcome> {
  const random = randomFrom(7);
  const work = newWork(30, random);
  const disk = new Disk();
  const outcome: Outcome = { call: '', path: '', ended: 'not opened', sentences: [], calls: 0 };
  disk.before = (call, path) => {
    outcome.calls += 1;
    if (outcome.calls !== fatal) return;
    Object.assign(outcome, { call, path });
    throw failure(codes[call]!, `${call} '${path}'`);
  };
  disk.plugIn(t);
  const options = { snapshotAfter: 1_500, report: (sentence: string) => outcome.sentences.push(sentence) };
  const [opened] = await Promise.allSettled([openDatabase(folder, options)]);
  if (opened!.status === 'rejected') {
    assert.equal(opened!.reason.constructor, UnusableFile);
    assert.equal(opened!.reason.message, `${folder} cannot be used: ${codes[outcome.call]}: ${outcome.call} '${outcome.path}'. It is left as it is.`);
  }
  const done = new Set<number>();
  let told = 0;
  const tell = (n: number) => { done.add(n); while (done.has(told)) told += 1; };
  if (opened!.status === 'fulfilled') {
    const db = opened!.value;
    const at = () => `call ${fatal}, ${outcome.call} ${outcome.path}`;
    const [ended] = await Promise.allSettled([doWork(db, work, random, tell)]);
    await new Promise((resolve) => setImmediate(resolve));
    outcome.ended = 'not noticed';
    if (ended!.status === 'rejected') {
      outcome.sentences.push(ended!.reason.message);
      assert.equal(done.size, told, `${at()}: a later change was acknowledged, an earlier one not`);
      assert.equal(await contentOf(db), work.after[told - 1], `${at()}: memory is not as it was before`);
      const [next] = await Promise.allSettled([doWork(db, work, random, tell, told)]);
      outcome.ended = next!.status === 'fulfilled' ? 'went on' : 'closed';
      if (next!.status === 'rejected') assert.match(next!.reason.message, /^The database is closed, because /, at());
    }
    if (outcome.ended !== 'closed') assert.equal(told, 30, at());
    await db.close();
    if (outcome.ended === 'not noticed' && outcome.sentences.length > 0) outcome.ended = 'only reported';
  }
  for (const state of [disk.state(), ...disk.afterPowerCut(random, 4)]) {
    new Disk(state).plugIn(t);
    const again = await openDatabase(folder, { report: () => {} });
    const content = await contentOf(again);
    const count = [work.after[-1]!, ...work.after].lastIndexOf(content);
    assert.ok(count >= told, `call ${fatal}, ${outcome.call} ${outcome.path}: ${told} changes were acknowledged, and what is there is ${count === -1 ? content.slice(0, 200) : `only the first ${count}`}.`);
    await again.close();
  }
  return outcome;
}

test('each call that fails refuses the change and loses nothing; then work goes on, or the database says that it is closed', async (t) => {
  const { calls } = await failOnce(t, Infinity);
  const seen = new Map<string, Set<string>>();
  const said = new Map<string, Set<string>>();
  for (let fatal = 1; fatal <= calls; fatal += 1) {
    const { call, path, ended, sentences } = await failOnce(t, fatal);
    const what = `${call} ${path.replace(/\d+/, 'N').replace('/disk/', '')}`;
    seen.set(what, (seen.get(what) ?? new Set()).add(ended));
    for (const sentence of sentences) {
      const kind = kindOf(sentence, `${codes[call]}: ${call} '${path}'`);
      said.set(what, (said.get(what) ?? new Set()).add(kind));
    }
  }
  assert.deepEqual(Object.fromEntries([...seen].map(([what, ended]) => [what, [...ended].sort().join(', ')])), {
    'mkdir data': 'not opened',
    'open /disk': 'not opened',
    'flush folder /disk': 'not opened',
    'readdir data': 'not opened, only reported',
    'read data/journal-N.jsonl': 'not opened',
    'write data/journal-N.jsonl': 'went on',
    'flush data/journal-N.jsonl': 'closed, not opened',
    'open data/journal-N.jsonl': 'closed, not opened',
    'open data/journal-N.jsonl.new': 'not opened, only reported',
    'write data/journal-N.jsonl.new': 'not opened, only reported',
    'flush data/journal-N.jsonl.new': 'not opened, only reported',
    'rename data/journal-N.jsonl.new': 'closed, not opened',
    'open data/snapshot-N.jsonl.new': 'only reported',
    'write data/snapshot-N.jsonl.new': 'only reported',
    'flush data/snapshot-N.jsonl.new': 'only reported',
    'rename data/snapshot-N.jsonl.new': 'closed, only reported',
    'open data': 'closed, not opened, only reported',
    'flush folder data': 'closed, not opened, only reported',
    'unlink data/journal-N.jsonl': 'only reported',
    'unlink data/snapshot-N.jsonl': 'only reported',
  });
  const kinds = [...said].map(([what, kinds]) => [what, [...kinds].sort().join(', ')]);
  assert.deepEqual(Object.fromEntries(kinds), {
    'readdir data': 'not removed',
    'write data/journal-N.jsonl': 'not made',
    'flush data/journal-N.jsonl': 'closed',
    'open data/journal-N.jsonl': 'not swapped in',
    'open data/journal-N.jsonl.new': 'not written',
    'write data/journal-N.jsonl.new': 'not written',
    'flush data/journal-N.jsonl.new': 'not written',
    'rename data/journal-N.jsonl.new': 'not swapped in',
    'open data/snapshot-N.jsonl.new': 'not written',
    'write data/snapshot-N.jsonl.new': 'not written',
    'flush data/snapshot-N.jsonl.new': 'not written',
    'rename data/snapshot-N.jsonl.new': 'not swapped in',
    'open data': 'not swapped in',
    'flush folder data': 'not swapped in',
    'unlink data/journal-N.jsonl': 'not removed',
    'unlink data/snapshot-N.jsonl': 'not removed',
  });
});

/** Which of the five sentences is it? Each names the call that failed. */
function kindOf(sentence: string, failed: string): string {
  const [, file] = /(\/disk\/data\/(?:journal|snapshot)-\d+\.jsonl) could/.exec(sentence) ?? [];
  const kinds = {
    'not made': `The change could not be written to the disk, so it was not made: ${failed}.`,
    'closed': `The database is closed, because a flush failed (${failed}). ` +
      'Whether the last changes were kept is known only after it is opened again: ' +
      'start this server again, once the disk is in order.',
    'not written': `${file} could not be written: ${failed}. ` +
      'Nothing is lost: the journal holds everything, and it is tried again later.',
    'not swapped in': `The database is closed, because ${file} could not be swapped in: ` +
      `${failed}. Nothing is lost. Start this server again, once the disk is in order.`,
    'not removed': `An old file could not be removed: ${failed}.`,
  };
  const [kind] = Object.entries(kinds).find(([, text]) => text === sentence) ?? [];
  return kind ?? assert.fail(`After "${failed}" nobody expected: ${sentence}`);
}

test('a write that fails and cannot be taken back closes the database', async (t) => {
  const disk = new Disk();
  disk.plugIn(t);
  const db = await openDatabase(folder);
  const orders = db.collection<Stored & { guest: string }>('orders');
  await orders.insert({ guest: 'ada' });
  disk.before = (call, path) => {
    if (call === 'write' || call === 'truncate') throw failure('EIO', `${call} '${path}'`);
  };
  const sentence = "The database is closed, because writing failed (EIO: write '/disk/data/journal-1.jsonl'), and so did taking it back. Whether the last changes were kept is known only after it is opened again: start this server again, once the disk is in order.";
  await assert.rejects(orders.insert({ guest: 'bob' }), { message: sentence });
  disk.before = () => {};
  await assert.rejects(orders.insert({ guest: 'eve' }), { message: sentence });
  assert.deepEqual((await orders.list()).records.map(({ guest }) => guest), ['ada']);
  await db.close();
  const again = await openDatabase(folder, { report: () => {} });
  assert.deepEqual((await again.collection<Stored & { guest: string }>('orders').list()).records.map(({ guest }) => guest), ['ada']);
  await again.close();
});

test('on a full disk changes are refused for good, and work goes on when there is room', async (t) => {
  const disk = new Disk();
  disk.plugIn(t);
  const ordersOf = (db: Database) => db.collection<Stored & { guest: string }>('orders', { initial: [{ id: 1, version: 1, guest: 'first' }] });
  const guestsIn = async (db: Database) => (await ordersOf(db).list()).records.map(({ guest }) => guest);
  const db = await openDatabase(folder);
  disk.before = (call, path) => {
    if (call === 'write') throw failure('ENOSPC', `${call} '${path}'`);
  };
  const refused = await Promise.allSettled([ordersOf(db).insert({ guest: 'ada' }), ordersOf(db).insert({ guest: `bob, ${'who waits, '.repeat(20)}` })]);
  const sentence = "The change could not be written to the disk, so it was not made: ENOSPC: write '/disk/data/journal-1.jsonl'.";
  assert.deepEqual(refused.map((result) => result.status === 'rejected' && result.reason.message), [sentence, sentence]);
  assert.deepEqual(await guestsIn(db), ['first']);
  const mornings = disk.afterPowerCut(randomFrom(1), 200);
  disk.before = () => {};
  assert.equal((await ordersOf(db).insert({ guest: 'eve' })).id, 2);
  await db.close();
  for (const [state, guests] of [...mornings.map((state) => [state, ['first']] as const), [disk.state(), ['first', 'eve']] as const]) {
    new Disk(state).plugIn(t);
    const again = await openDatabase(folder, { report: () => {} });
    assert.deepEqual(await guestsIn(again), guests);
    await again.close();
  }
});

test('a change that is refused leaves nothing for the next one to be checked against', async (t) => {
  const disk = new Disk();
  disk.plugIn(t);
  const db = await openDatabase(folder);
  type Order = Stored & { guest: string };
  const first = [{ id: 1, version: 1, guest: 'first' }];
  const orders = db.collection<Order>('orders', { unique: ['guest'], initial: first });
  disk.before = (call, path) => {
    if (call === 'flush') throw failure('EDQUOT', `${call} '${path}'`);
  };
  const refused = (error: Error) => {
    assert.match(error.message, /^The database is closed, because a flush failed \(EDQUOT: /);
    assert.equal(codeBelow(error), 'EDQUOT');
    return true;
  };
  await assert.rejects(orders.insert({ guest: 'ada' }), refused);
  await assert.rejects(orders.insert({ guest: 'ada' }), refused);
  await assert.rejects(orders.insert({ guest: 'ada' }), refused);
  await assert.rejects(orders.update(1, 1, { guest: 'bob' }), refused);
  await assert.rejects(orders.update(1, 1, { guest: 'bob' }), refused);
  for (let n = 0; n < 2; n += 1) {
    const change = db.transaction((draft) => draft.in<Order>('orders').insert({ guest: 'eve' }));
    await assert.rejects(change, refused);
  }
  await db.close();
  const closed = { message: 'The database was closed, so nothing can be changed. Open it again.' };
  await assert.rejects(orders.insert({ guest: 'ada' }), refused);
  disk.before = () => {};
  const again = await openDatabase(folder, { report: () => {} });
  const ordersAgain = again.collection<Order>('orders', { unique: ['guest'], initial: first });
  await again.close();
  for (let n = 0; n < 2; n += 1) {
    await assert.rejects(ordersAgain.insert({ guest: 'eve' }), closed);
  }
});

/** The code of the system's error, which is the cause of what the store says. */
function codeBelow(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return (error as NodeJS.ErrnoException).code ?? codeBelow(error.cause);
}
