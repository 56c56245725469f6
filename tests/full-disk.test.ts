// A full disk, from the store to the guest: 503 with a sentence, and nothing is lost.
//
//   POST /api/menu, no room left  ──►  503, retry-after: 60, "There is no room left on …"
//   DELETE /api/session           ──►  503, set-cookie: sid=; Max-Age=0: the cookie ends

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { openDatabase } from '../db/database.ts';
import { items, type Item } from '../lessons/03-address/items.ts';
import { text } from '../lessons/02-reply/reply.ts';
import { answerWith, router, type Handler } from '../lessons/04-router/router.ts';
import { Refusal, withErrors } from '../lessons/06-errors/errors.ts';
import type { Storage } from '../lessons/09-logic/storage.ts';
import { menuRoutes } from '../lessons/10-api/menu-api.ts';
import { jsonFileStorage } from '../lessons/11-json-file/json-file.ts';
import { accountOptions, openAccount, type Account } from '../lessons/14-passwords/accounts.ts';
import { makePasswords } from '../lessons/14-passwords/password.ts';
import { makeCheckPassword } from '../lessons/15-login/check-password.ts';
import { sessionRoutes } from '../lessons/15-login/login.ts';
import { makeSessions, sessionOptions, type Session } from '../lessons/15-login/sessions.ts';
import { makeWhoIs } from '../lessons/15-login/who.ts';
import { journalStorage } from '../lessons/17-journal/journal-storage.ts';
import { Disk, failure } from './db/disk.ts';
import { serve } from './serve.ts';

type Full = { storage: Storage; fill(): void; makeRoom(): void };

/** The real file, with a device in the way that is always full. */
async function jsonFile(t: TestContext): Promise<Full> {
  const path = join(mkdtempSync(join(tmpdir(), 'full-')), 'data', 'cafe.json');
  t.after(() => rmSync(dirname(dirname(path)), { recursive: true, force: true, maxRetries: 5 }));
  mkdirSync(dirname(path));
  return {
    storage: await jsonFileStorage(path),
    fill: () => symlinkSync('/dev/full', `${path}.new`),
    makeRoom: () => unlinkSync(`${path}.new`),
  };
}

/** Without a code, a write takes nothing and says so only in a number. */
function onDisk(open: (folder: string) => Promise<Storage>, code?: string) {
  return async (t: TestContext): Promise<Full> => {
    const disk = new Disk();
    disk.plugIn(t);
    const storage = await open('/disk/data');
    const fill = () => {
      disk.most = code === undefined ? 0 : Infinity;
      disk.before = (call, path) => {
        if (call === 'write' && code !== undefined) throw failure(code, `${call} '${path}'`);
      };
    };
    const makeRoom = () => Object.assign(disk, { most: Infinity, before: () => {} });
    return { storage, fill, makeRoom };
  };
}

const stores: [name: string, open: (t: TestContext) => Promise<Full>, skip: string | false][] = [
  ['jsonFileStorage()', jsonFile,
    process.platform !== 'linux' && 'only Linux has a disk that is always full'],
  ['journalStorage()', onDisk((folder) => journalStorage(folder), 'ENOSPC'), false],
  ['openDatabase()', onDisk((folder) => openDatabase(folder), 'EDQUOT'), false],
  ['openDatabase(), that takes no byte,', onDisk((folder) => openDatabase(folder)), false],
];

const noRoom = (id: number) => "There is no room left on the server's disk, so this could not be " +
  `stored. It is noted as number ${id}. Please try again later.`;

const problem = (detail: string) =>
  ({ title: 'Service Unavailable', status: 503, detail });

/** `bugs`: what was reported. */
async function serveWith(t: TestContext, handler: Handler) {
  const bugs: Error[] = [];
  const report = (bug: unknown) => bugs.push(bug as Error);
  const url = await serve(t, answerWith(withErrors(handler, { report })));

  async function ask(line: string, body?: object, cookie = '') {
    const [method, path] = line.split(' ');
    const headers = { 'content-type': 'application/json', cookie };
    const answer = await fetch(url + path, { method, headers, body: JSON.stringify(body) });
    const read = await answer.text();
    return {
      status: answer.status,
      retryAfter: answer.headers.get('retry-after'),
      cookie: answer.headers.get('set-cookie') ?? '',
      cache: answer.headers.get('cache-control'),
      body: read === '' ? undefined : JSON.parse(read),
    };
  }

  return { ask, bugs };
}

for (const [name, open, skip] of stores) {
  test(`a full disk below ${name} is 503 until there is room`, { skip }, async (t) => {
    const { storage, fill, makeRoom } = await open(t);
    const menu = storage.collection<Item>('menu', { initial: items.slice(0, 2) });
    const { ask, bugs } = await serveWith(t, router(menuRoutes(menu)));
    const { id, version, ...flatWhite } = items[1]!;
    fill();
    for (const number of [1, 2]) {
      const { cookie, cache, ...refused } = await ask('POST /api/menu', flatWhite);
      assert.deepEqual(refused, { status: 503, retryAfter: '60', body: problem(noRoom(number)) });
    }
    assert.equal((await ask('DELETE /api/menu/2')).status, 503);
    assert.deepEqual((await ask('GET /api/menu')).body.items, items.slice(0, 2));
    assert.equal(bugs.length, 3);
    makeRoom();
    assert.deepEqual((await ask('POST /api/menu', flatWhite)).body.id, 3);
    await storage.close();
  });

  test(`a logout on a full disk below ${name} ends the cookie`, { skip }, async (t) => {
    const { storage, fill, makeRoom } = await open(t);
    const accounts = storage.collection<Account>('accounts', accountOptions);
    const passwords = makePasswords({ cost: 1024 });
    const ada = { email: 'ada@example.org', name: 'Ada', password: 'flat white, no sugar' };
    await openAccount(accounts, passwords, ada);
    const sessions = makeSessions(storage.collection<Session>('sessions', sessionOptions));
    const whoIs = makeWhoIs(sessions, accounts, {});
    const checkPassword = makeCheckPassword(accounts, passwords);
    const { ask, bugs } = await serveWith(t,
      router(sessionRoutes({ checkPassword, sessions, whoIs })));
    const credentials = { email: ada.email, password: ada.password };
    const [cookie] = (await ask('POST /api/session', credentials)).cookie.split(';');
    fill();
    assert.equal((await ask('POST /api/session', credentials)).status, 503);
    for (const path of ['/api/session', '/api/session?everywhere=yes']) {
      assert.deepEqual(await ask(`DELETE ${path}`, undefined, cookie), {
        status: 503,
        retryAfter: null,
        cookie: 'sid=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0',
        cache: 'no-store',
        body: problem('You are logged out in this browser. But the server could not store that: ' +
          'your session there ends after 30 minutes without a request.'),
      });
    }
    assert.equal(bugs.length, 3, 'the server says why');
    makeRoom();
    assert.equal((await ask('DELETE /api/session', undefined, cookie)).status, 204);
    assert.equal((await ask('GET /api/session', undefined, cookie)).status, 401);
    await storage.close();
  });
}

const withCode = (code: string, cause?: unknown) =>
  Object.assign(new Error('It failed.', { cause }), { code });

for (const [what, error, status] of [
  ['a full disk', withCode('ENOSPC'), 503],
  ['a quota', withCode('EDQUOT'), 503],
  ['a full disk as cause', new Error('Not saved.', { cause: withCode('ENOSPC') }), 503],
  ['a full disk as cause of a cause', withCode('X', withCode('EIO', withCode('ENOSPC'))), 503],
  ['a disk that fails otherwise', withCode('EIO'), 500],
  ['a cause that is none', new Error('x', { cause: 'ENOSPC' }), 500],
  ['a text', 'ENOSPC', 500],
  ['nothing', undefined, 500],
] as [string, unknown, number][]) {
  test(`withErrors() answers ${what} with ${status}`, async (t) => {
    const { ask, bugs } = await serveWith(t, () => { throw error; });
    const { status: given, retryAfter } = await ask('GET /');
    assert.deepEqual([given, retryAfter], [status, status === 503 ? '60' : null]);
    assert.deepEqual(bugs, [error]);
  });
}

test('withErrors() reports the cause of a refusal, and no other refusal', async (t) => {
  const cause = new Error('The till is jammed.');
  const { ask, bugs } = await serveWith(t, ({ address }) => {
    if (address.path === '/text') return text(404, 'There is none.\n');
    throw new Refusal(503, 'Not now.', address.path === '/ours' ? { cause } : {});
  });
  assert.equal((await ask('GET /theirs')).status, 503);
  assert.equal((await ask('GET /text')).status, 404);
  assert.deepEqual(bugs, []);
  assert.deepEqual((await ask('GET /ours')).body, problem('Not now.'));
  assert.deepEqual(bugs, [cause]);
});
