// Sessions, on both stores there are so far, with a clock that the test sets.
//
//   await sessions.open(7)  ──►  '8Jp4…', and in the store only its hash

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { memoryStorage } from '../lessons/09-logic/memory.ts';
import { Conflict, type Collection, type Storage } from '../lessons/09-logic/storage.ts';
import { jsonFileStorage } from '../lessons/11-json-file/json-file.ts';
import { makeSessions, sessionOptions, type Session, type SessionTimes } from '../lessons/15-login/sessions.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const noon = Date.UTC(2026, 10, 20, 12);

function folderOf(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'sessions-'));
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

function setUp(storage: Storage, times: SessionTimes = {}) {
  const clock = { now: noon };
  const stored = storage.collection<Session>('sessions', sessionOptions);
  return { clock, stored, sessions: makeSessions(stored, { now: () => clock.now, ...times }) };
}

const inMemory = (times?: SessionTimes) => setUp(memoryStorage(), times);
const kept = async (stored: Collection<Session>) => (await stored.list()).records;
const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url');

for (const [name, openStorage] of [
  ['memory', async () => memoryStorage()],
  ['a file', (t: TestContext) => jsonFileStorage(join(folderOf(t), 'cafe.json'))],
] as const) {
  describe(`sessions in ${name}`, () => {
    test('open() gives 256 random bits, of which only the hash is stored', async (t) => {
      const { sessions, stored } = setUp(await openStorage(t));
      const token = await sessions.open(7);
      assert.match(token, /^[\w-]{43}$/);
      assert.deepEqual(await kept(stored), [{ id: 1, hash: sha256(token), account: 7, opened: noon, seen: noon, version: 1 }]);
    });

    test('find() knows whose token it is, and no other', async (t) => {
      const { sessions, stored } = setUp(await openStorage(t));
      const [ada, ben] = [await sessions.open(7), await sessions.open(8)];
      assert.equal((await sessions.find(ada))?.account, 7);
      assert.equal((await sessions.find(ben))?.account, 8);
      const [{ hash }] = await kept(stored) as [Session];
      for (const wrong of [undefined, '', 'x', '1', hash, ada.toLowerCase(), `${ada} `, ada.slice(0, -1), '__proto__', '\0']) {
        assert.equal(await sessions.find(wrong), undefined, String(wrong));
      }
    });

    test('close() ends one session on the server, and only that', async (t) => {
      const { sessions, stored } = setUp(await openStorage(t));
      const [phone, laptop] = [await sessions.open(7), await sessions.open(7)];
      await sessions.close(phone);
      await sessions.close(phone);
      await sessions.close('unknown');
      await sessions.close(undefined);
      assert.equal(await sessions.find(phone), undefined);
      assert.equal((await sessions.find(laptop))?.account, 7);
      assert.equal((await kept(stored)).length, 1);
    });

    test('closeAll() ends those of one account everywhere', async (t) => {
      const { sessions } = setUp(await openStorage(t));
      const own = [await sessions.open(7), await sessions.open(7), await sessions.open(7)];
      const ben = await sessions.open(8);
      await sessions.closeAll(7);
      for (const token of own) assert.equal(await sessions.find(token), undefined);
      assert.equal((await sessions.find(ben))?.account, 8);
    });

    test('many opened at once are all different, and all known', async (t) => {
      const { sessions } = setUp(await openStorage(t));
      const tokens = await Promise.all(Array.from({ length: 20 }, (_, account) => sessions.open(account + 1)));
      assert.equal(new Set(tokens).size, 20);
      for (const [index, token] of tokens.entries()) assert.equal((await sessions.find(token))?.account, index + 1);
    });
  });
}

test('a session survives a restart, and its token stands in no file', async (t) => {
  const path = join(folderOf(t), 'cafe.json');
  const before = setUp(await jsonFileStorage(path));
  const [stays, closed] = [await before.sessions.open(7), await before.sessions.open(7)];
  await before.sessions.close(closed);
  const { sessions } = setUp(await jsonFileStorage(path));
  assert.equal((await sessions.find(stays))?.account, 7);
  assert.equal(await sessions.find(closed), undefined);
  assert.ok(!readFileSync(path, 'utf8').includes(stays));
});

// ── the two ends ──

test('a session ends 30 minutes after the last request', async () => {
  const { sessions, clock, stored } = inMemory();
  const token = await sessions.open(7);
  clock.now = noon + 30 * MINUTE - 1;
  assert.equal((await sessions.find(token))?.account, 7);
  clock.now += 30 * MINUTE - 1;
  assert.equal((await sessions.find(token))?.account, 7);
  clock.now += 30 * MINUTE;
  assert.equal(await sessions.find(token), undefined);
  assert.deepEqual(await kept(stored), []);
  clock.now = noon;
  assert.equal(await sessions.find(token), undefined);
});

test('a session ends after 12 hours, however busy', async () => {
  const { sessions, clock, stored } = inMemory();
  const token = await sessions.open(7);
  for (let minutes = 10; minutes < 12 * 60; minutes += 10) {
    clock.now = noon + minutes * MINUTE;
    assert.equal((await sessions.find(token))?.account, 7, `${minutes} minutes`);
  }
  clock.now = noon + 12 * HOUR;
  assert.equal(await sessions.find(token), undefined);
  assert.deepEqual(await kept(stored), []);
});

test('the cookie lives as long as the session can', () => {
  assert.equal(inMemory().sessions.maxAge, 12 * 60 * 60);
  assert.equal(inMemory({ absolute: 1_500 }).sessions.maxAge, 1);
});

test('idle and absolute are parameters', async () => {
  const { sessions, clock } = inMemory({ idle: 1_000, absolute: 1_500 });
  const token = await sessions.open(7);
  clock.now = noon + 999;
  assert.equal((await sessions.find(token))?.account, 7);
  clock.now = noon + 1_000;
  assert.equal(await sessions.find(token), undefined);
});

// ── the store is spared ──

function counting(stored: Collection<Session>) {
  const seen = { updates: 0 };
  return { seen, stored: { ...stored, update: (...all: Parameters<typeof stored.update>) => { seen.updates += 1; return stored.update(...all); } } };
}

test('find() writes at most once a minute', async () => {
  const clock = { now: noon };
  const { seen, stored } = counting(memoryStorage().collection<Session>('sessions', sessionOptions));
  const sessions = makeSessions(stored, { now: () => clock.now });
  const token = await sessions.open(7);
  const writes: number[] = [];
  for (const seconds of [1, 59, 60, 61, 119, 120, 121]) {
    clock.now = noon + seconds * 1000;
    await sessions.find(token);
    writes.push(seen.updates);
  }
  assert.deepEqual(writes, [0, 0, 1, 1, 1, 2, 2]);
  assert.deepEqual((await kept(stored)).map(({ opened, seen }) => [opened - noon, seen - noon]), [[0, 120_000]]);
});

for (const [what, error] of [['a faster request', new Conflict('changed', 'Somebody was faster.')], ['a full disk', new Error('ENOSPC')]] as const) {
  test(`find() answers all the same when ${what} keeps the time from being noted`, async () => {
    const { clock, stored } = inMemory();
    const sessions = makeSessions({ ...stored, update: async () => { throw error; } }, { now: () => clock.now });
    const token = await sessions.open(7);
    clock.now += 2 * MINUTE;
    assert.equal((await sessions.find(token))?.account, 7);
  });
}

test('requests at once note the time once, and all are known', async (t) => {
  const { sessions, clock, stored } = setUp(await jsonFileStorage(join(folderOf(t), 'cafe.json')));
  const token = await sessions.open(7);
  clock.now += 2 * MINUTE;
  const found = await Promise.all(Array.from({ length: 8 }, () => sessions.find(token)));
  assert.deepEqual(found.map((session) => session?.account), Array(8).fill(7));
  assert.deepEqual((await kept(stored)).map(({ version }) => version), [2]);
});

test('a session that was closed while its time was noted stays closed', async () => {
  const { sessions, clock, stored } = inMemory();
  const token = await sessions.open(7);
  clock.now += 2 * MINUTE;
  await Promise.all([sessions.find(token), sessions.close(token)]);
  assert.equal(await sessions.find(token), undefined);
  assert.deepEqual(await kept(stored), []);
});

test('open() clears away what is over, a few at a time, so that it does not pile up', async () => {
  const { sessions, clock, stored } = inMemory();
  for (let account = 1; account <= 12; account += 1) await sessions.open(account);
  clock.now += HOUR;
  const sizes: number[] = [];
  for (let account = 101; account <= 104; account += 1) {
    await sessions.open(account);
    sizes.push((await kept(stored)).length);
  }
  assert.deepEqual(sizes, [8, 4, 3, 4]);
  assert.deepEqual((await kept(stored)).map(({ account }) => account), [101, 102, 103, 104]);
});

test('open() keeps at most 20 for one account: the oldest go', async () => {
  const { sessions, stored } = inMemory();
  const tokens: string[] = [];
  for (let n = 0; n < 23; n += 1) tokens.push(await sessions.open(7));
  const ben = await sessions.open(8);
  const known = await Promise.all(tokens.map(async (token) => (await sessions.find(token)) !== undefined));
  assert.deepEqual(known, [...Array(3).fill(false), ...Array(20).fill(true)]);
  assert.ok(await sessions.find(ben));
  assert.equal((await kept(stored)).length, 21);
});
