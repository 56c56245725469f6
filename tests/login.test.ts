// Logging in, over real HTTP: who comes in, who does not, and what is left behind.
//
//   await ask('POST /api/session', { email: 'ada@example.org', password })
//     ──►  { status: 201, cookie: 'sid=8Jp4…', body: { id: 1, name: 'Ada', … } }

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { answerWith, router, type Call, type Route } from '../lessons/04-router/router.ts';
import { withErrors } from '../lessons/06-errors/errors.ts';
import { memoryStorage } from '../lessons/09-logic/memory.ts';
import type { Storage } from '../lessons/09-logic/storage.ts';
import { jsonFileStorage } from '../lessons/11-json-file/json-file.ts';
import { accountOptions, openAccount, type Account } from '../lessons/14-passwords/accounts.ts';
import { makePasswords } from '../lessons/14-passwords/password.ts';
import { makeCheckPassword } from '../lessons/15-login/check-password.ts';
import { sessionRoutes } from '../lessons/15-login/login.ts';
import { after, createSamples, sampleAccounts } from '../lessons/15-login/samples.ts';
import { makeSessions, sessionOptions, type Session } from '../lessons/15-login/sessions.ts';
import { makeWhoIs } from '../lessons/15-login/who.ts';
import { root } from '../lessons/classroom/course.ts';
import { typescriptFlags } from '../lessons/classroom/start.ts';
import { serve } from './serve.ts';

const ada = { email: 'ada@example.org', name: 'Ada', password: 'flat white, no sugar' };
const ben = { email: 'ben@example.org', name: 'Ben', password: 'two sugars, please' };
const cheap = () => makePasswords({ cost: 1024 });
const noon = Date.UTC(2026, 10, 20, 12);

async function open(t: TestContext, { storage = memoryStorage(), passwords = cheap(), secure = false, more = [] as Route[] }: { storage?: Storage; passwords?: ReturnType<typeof makePasswords>; secure?: boolean; more?: Route[] } = {}) {
  const bugs: unknown[] = [];
  const clock = { now: noon };
  const accounts = storage.collection<Account>('accounts', accountOptions);
  const stored = storage.collection<Session>('sessions', sessionOptions);
  const sessions = makeSessions(stored, { now: () => clock.now });
  const whoIs = makeWhoIs(sessions, accounts, { secure });
  const routes = [...sessionRoutes({ checkPassword: makeCheckPassword(accounts, passwords), sessions, whoIs, secure }), ...more];
  const url = await serve(t, answerWith(withErrors(router(routes), { report: (bug) => bugs.push(bug) })));
  t.after(() => assert.deepEqual(bugs, []));
  if ((await accounts.list({ limit: 1 })).records.length === 0) {
    await openAccount(accounts, cheap(), ada);
    await openAccount(accounts, cheap(), ben);
  }

  async function ask(line: string, cookie = '', body?: unknown) {
    const [method = 'GET', path = '/'] = line.split(' ');
    const sent = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(url + path, { method, headers: { ...(cookie && { cookie }), ...(body !== undefined && { 'content-type': 'application/json' }) }, body: sent });
    const text = await response.text();
    const given = response.headers.get('set-cookie') ?? '';
    return { status: response.status, headers: response.headers, given, cookie: given.split(';')[0]!, text, get body() { return JSON.parse(text); } };
  }

  const logIn = async ({ email, password } = ada, cookie = '') => (await ask('POST /api/session', cookie, { email, password })).cookie;
  return { url, ask, logIn, accounts, stored, sessions, clock, whoIs, kept: async () => (await stored.list()).records };
}

const publicAda = { id: 1, email: 'ada@example.org', name: 'Ada', role: 'customer' };

// ── in ──

test('POST /api/session lets in whoever knows the password, and gives the browser a number', async (t) => {
  const { ask, kept } = await open(t);
  const answer = await ask('POST /api/session', '', { email: ada.email, password: ada.password });
  assert.equal(answer.status, 201);
  assert.deepEqual(answer.body, publicAda);
  assert.match(answer.given, /^sid=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=43200$/);
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  const hash = createHash('sha256').update(answer.cookie.slice(4)).digest('base64url');
  assert.deepEqual(await kept(), [{ id: 1, hash, account: 1, opened: noon, seen: noon, version: 1 }]);
});

test('POST /api/session behind TLS sets a Secure cookie that belongs to this host', async (t) => {
  const { ask, logIn } = await open(t, { secure: true });
  const { given, cookie } = await ask('POST /api/session', '', { email: ada.email, password: ada.password });
  assert.match(given, /^__Host-sid=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=43200; Secure$/);
  assert.deepEqual((await ask('GET /api/session', cookie)).body, publicAda);
  assert.equal((await ask('GET /api/session', cookie.replace('__Host-', ''))).status, 401);
  assert.match((await ask('DELETE /api/session', await logIn())).given, /^__Host-sid=; .*Max-Age=0; Secure$/);
});

for (const email of ['ADA@example.org', ' Ada@Example.ORG ']) {
  test(`POST /api/session knows "${email}" as well`, async (t) => {
    const { ask } = await open(t);
    assert.deepEqual((await ask('POST /api/session', '', { email, password: ada.password })).body, publicAda);
  });
}

test('GET /api/session says who I am, and no more than may be seen', async (t) => {
  const { ask, logIn } = await open(t);
  const answer = await ask('GET /api/session', await logIn());
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.body, publicAda);
  assert.equal(answer.headers.get('cache-control'), 'no-store');
});

// ── not in ──

const refused = { title: 'Unauthorized', status: 401, detail: 'The e-mail or the password is not right.' };

for (const [what, login] of [
  ['a wrong password', { email: ada.email, password: 'flat white, no sugaR' }],
  ['a password with a space more', { email: ada.email, password: `${ada.password} ` }],
  ['an unknown e-mail', { email: 'eve@example.org', password: ada.password }],
  ["somebody else's password", { email: ada.email, password: ben.password }],
  ["1' OR '1'='1 as e-mail", { email: "1' OR '1'='1", password: "1' OR '1'='1" }],
  ["an e-mail with a comment of SQL", { email: "ada@example.org' --", password: 'x' }],
  ['the name of what all objects have', { email: '__proto__', password: 'constructor' }],
] as const) {
  test(`POST /api/session with ${what} gets the one sentence, and opens nothing`, async (t) => {
    const { ask, kept } = await open(t);
    const answer = await ask('POST /api/session', '', login);
    assert.deepEqual([answer.status, answer.body], [401, refused]);
    assert.equal(answer.headers.get('www-authenticate'), 'Session realm="cafe"');
    assert.equal(answer.given, '');
    assert.deepEqual(await kept(), []);
  });
}

const emailRule = '"email" must be a line of 1 to 254 characters, but it was';
const passwordRule = '"password" must be a text of 1 to 200 characters';

for (const [body, ...errors] of [
  [{ email: { $ne: null }, password: { $ne: null } }, `${emailRule} {"$ne":null}.`, `${passwordRule}.`],
  [{ email: [ada.email], password: [ada.password] }, `${emailRule} ["ada@example.org"].`, `${passwordRule}.`],
  [{ email: ada.email, password: true }, `${passwordRule}.`],
  [{ email: ada.email, password: 'x'.repeat(201) }, `${passwordRule}, but it has 201.`],
  [{ email: 'x'.repeat(255), password: 'x' }, `${emailRule} "${'x'.repeat(59)}….`],
  [{ email: ada.email }, '"password" is missing: it must be a text of 1 to 200 characters.'],
  [{ email: ada.email, password: ada.password, role: 'staff' }, '"role" is not a known field. The fields are email, password.'],
  [{ email: ada.email, password: ada.password, id: 2 }, '"id" is not a known field. The fields are email, password.'],
] as [object, ...string[]][]) {
  test(`POST /api/session with ${JSON.stringify(body).slice(0, 80)} is refused, and shows no password`, async (t) => {
    const { ask, kept, accounts } = await open(t);
    const before = (await accounts.list()).records;
    const answer = await ask('POST /api/session', '', body);
    assert.equal(answer.status, 422);
    assert.deepEqual(answer.body.errors.map(({ message }: { message: string }) => message), errors);
    assert.equal(answer.given, '');
    assert.ok(!answer.text.includes(ada.password));
    assert.deepEqual([await kept(), (await accounts.list()).records], [[], before]);
  });
}

test('a known e-mail, an unknown one and a right login run exactly one hash of the same cost', async (t) => {
  const passwords = cheap();
  const hashed: (string | undefined)[] = [];
  const { ask } = await open(t, { passwords: { ...passwords, hash: async () => assert.fail('no hash for the store'), check: (password, stored) => { hashed.push(stored?.slice(0, 20)); return passwords.check(password, stored); } } });
  for (const login of [{ email: ada.email, password: 'wrong' }, { email: 'eve@example.org', password: 'wrong' }, { email: ada.email, password: ada.password }]) {
    await ask('POST /api/session', '', login);
  }
  assert.deepEqual(hashed, ['$scrypt$ln=10,r=8,p=', undefined, '$scrypt$ln=10,r=8,p=']);
});

test('checkPassword() is told where the request came from', async (t) => {
  const asked: string[][] = [];
  const sessions = makeSessions(memoryStorage().collection<Session>('sessions', sessionOptions));
  const url = await serve(t, answerWith(withErrors(router(sessionRoutes({ sessions, whoIs: async () => undefined, checkPassword: async (...all) => { asked.push(all); return undefined; } })))));
  await fetch(`${url}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"email":" ada ","password":" x "}' });
  assert.deepEqual(asked, [['ada', ' x ', '127.0.0.1']]);
});

// ── who is who ──

for (const [what, header] of [
  ['no cookie', ''],
  ['an empty number', 'sid='],
  ['an invented number', 'sid=1'],
  ['an invented number of the right length', `sid=${'A'.repeat(43)}`],
  ['the id of an account', 'sid=1; account=1; user=1; role=staff'],
  ['the id of a session', 'id=1'],
  ['something that is no cookie', ';;;==;%%%'],
] as const) {
  test(`GET /api/session with ${what} is refused`, async (t) => {
    const { ask, logIn } = await open(t);
    await logIn();
    const answer = await ask('GET /api/session', header);
    assert.deepEqual([answer.status, answer.body], [401, { title: 'Unauthorized', status: 401, detail: 'Please log in first: at /login, or with a POST of e-mail and password to /api/session.' }]);
    assert.equal(answer.headers.get('www-authenticate'), 'Session realm="cafe"');
  });
}

test('what stands in the store opens nothing: a hash is not a number', async (t) => {
  const { ask, logIn, kept } = await open(t);
  await logIn();
  const [{ hash }] = await kept() as [Session];
  assert.equal((await ask('GET /api/session', `sid=${hash}`)).status, 401);
});

test('each has the own session, and nobody the other one', async (t) => {
  const { ask, logIn } = await open(t);
  const cookies = [await logIn(ada), await logIn(ben)];
  assert.deepEqual(await Promise.all(cookies.map(async (cookie) => (await ask('GET /api/session', cookie)).body.name)), ['Ada', 'Ben']);
});

test('a session that is too old is refused, and is gone from the store', async (t) => {
  const { ask, logIn, clock, kept } = await open(t);
  const cookie = await logIn();
  clock.now += 30 * 60_000;
  assert.equal((await ask('GET /api/session', cookie)).status, 401);
  assert.deepEqual(await kept(), []);
});

test('the session of an account that is gone is a guest', async (t) => {
  const { ask, logIn, accounts } = await open(t);
  const cookie = await logIn();
  await accounts.remove(1);
  assert.equal((await ask('GET /api/session', cookie)).status, 401);
});

test('whoIs() asks once for each request, however many come in between', async (t) => {
  const { logIn, whoIs, accounts } = await open(t);
  const [adas, bens] = [await logIn(ada), await logIn(ben)].map((cookie) => ({ headers: { cookie } }) as IncomingMessage);
  let asked = 0;
  const find = accounts.get;
  accounts.get = (id) => { asked += 1; return find(id); };
  for (const request of [adas!, bens!, adas!, bens!, adas!]) await whoIs(request);
  assert.equal(asked, 2);
});

test('whoIs() keeps apart who asks at the same time', async (t) => {
  const { logIn, whoIs } = await open(t);
  const [adas, bens, nobodys] = [await logIn(ada), await logIn(ben), 'sid=unknown'].map((cookie) => ({ headers: { cookie } }) as IncomingMessage);
  const seen = await Promise.all([adas!, bens!, adas!, nobodys!, bens!, adas!].map(whoIs));
  assert.deepEqual(seen.map((account) => account?.name), ['Ada', 'Ben', 'Ada', undefined, 'Ben', 'Ada']);
});

test('whoIs() sees a role as it is now, and asks once a request', async (t) => {
  let asked = 0;
  const storage = memoryStorage();
  const seen: unknown[] = [];
  const { ask, logIn, accounts, whoIs } = await open(t, { storage, more: [{ method: 'GET', pattern: '/twice', handler: async ({ request }) => {
    const find = accounts.get;
    accounts.get = (id) => { asked += 1; return find(id); };
    seen.push(await whoIs(request), await whoIs(request));
    accounts.get = find;
    return { status: 204, headers: {}, body: '' };
  } }] });
  const cookie = await logIn();
  const { id, version, ...fields } = (await accounts.get(1))!;
  await accounts.update(id, version, { ...fields, role: 'staff' });
  await ask('GET /twice', cookie);
  assert.equal(asked, 1);
  assert.deepEqual(seen, [await accounts.get(1), await accounts.get(1)]);
  assert.equal((await ask('GET /api/session', cookie)).body.role, 'staff');
});

// ── a new number, and out ──

test('each login gives a new number, and the one that came with it opens no more', async (t) => {
  const { ask, logIn, kept } = await open(t);
  const first = await logIn();
  const second = await logIn(ada, first);
  assert.notEqual(first, second);
  assert.equal((await ask('GET /api/session', first)).status, 401);
  assert.equal((await ask('GET /api/session', second)).status, 200);
  assert.equal((await kept()).length, 1);
});

test('a number that somebody else has chosen is not taken over', async (t) => {
  const { ask, logIn } = await open(t);
  const planted = `sid=${'A'.repeat(43)}`;
  const cookie = await logIn(ada, planted);
  assert.notEqual(cookie, planted);
  assert.equal((await ask('GET /api/session', planted)).status, 401);
});

test('a login that fails leaves the session that came with it as it is', async (t) => {
  const { ask, logIn } = await open(t);
  const cookie = await logIn();
  assert.equal(await logIn({ ...ada, password: 'wrong' }, cookie), '');
  assert.equal((await ask('GET /api/session', cookie)).status, 200);
});

test('DELETE /api/session logs out on the server, and ends the cookie', async (t) => {
  const { ask, logIn, kept } = await open(t);
  const [here, there] = [await logIn(), await logIn()];
  const answer = await ask('DELETE /api/session', here);
  assert.deepEqual([answer.status, answer.text, answer.given], [204, '', 'sid=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0']);
  assert.equal((await ask('GET /api/session', here)).status, 401);
  assert.equal((await ask('GET /api/session', there)).status, 200);
  assert.equal((await ask('DELETE /api/session', here)).status, 204);
  assert.equal((await ask('DELETE /api/session')).status, 204);
  assert.equal((await kept()).length, 1);
});

test('DELETE /api/session?everywhere=yes logs out everywhere, and nobody else', async (t) => {
  const { ask, logIn } = await open(t);
  const own = [await logIn(), await logIn(), await logIn()];
  const other = await logIn(ben);
  assert.equal((await ask('DELETE /api/session?everywhere=yes', own[0])).status, 204);
  for (const cookie of own) assert.equal((await ask('GET /api/session', cookie)).status, 401);
  assert.equal((await ask('GET /api/session', other)).status, 200);
  assert.equal((await ask('DELETE /api/session?everywhere=yes', own[0])).status, 204);
  assert.equal((await ask('DELETE /api/session?everywhere=yes&account=2', other)).status, 400);
  assert.equal((await ask('GET /api/session', other)).status, 200);
});

test('a session survives a restart of the server; a closed one stays closed', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'login-'));
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const path = join(folder, 'cafe.json');
  const before = await open(t, { storage: await jsonFileStorage(path) });
  const [stays, closed] = [await before.logIn(), await before.logIn(ben)];
  await before.ask('DELETE /api/session', closed);
  const after = await open(t, { storage: await jsonFileStorage(path) });
  assert.deepEqual((await after.ask('GET /api/session', stays)).body, publicAda);
  assert.equal((await after.ask('GET /api/session', closed)).status, 401);
  for (const secret of [stays.slice(4), ada.password, ben.password]) assert.ok(!readFileSync(path, 'utf8').includes(secret));
});

// ── samples ──

const empty = () => memoryStorage().collection<Account>('accounts', accountOptions);

test('createSamples() opens accounts in an empty store, once, and says how to log in', async () => {
  const accounts = empty();
  const said = ['Log in at /login as ada@example.org (customer), password "flat white, no sugar".', 'Log in at /login as grace@example.org (staff), password "keys to the café".'];
  assert.deepEqual(await createSamples(accounts, cheap(), {}), said);
  assert.deepEqual(await createSamples(accounts, cheap(), { HOST: '127.0.0.1' }), said);
  assert.deepEqual((await accounts.list()).records.map(({ email, role }) => [email, role]).sort(), [['ada@example.org', 'customer'], ['grace@example.org', 'staff']]);
  const logIn = makeCheckPassword(accounts, cheap());
  assert.equal((await logIn('grace@example.org', 'keys to the café'))?.role, 'staff');
});

for (const env of [{ NODE_ENV: 'production' }, { PUBLIC_URL: 'https://cafe.example' }, { HOST: '0.0.0.0' }, { HOST: '192.168.0.7' }]) {
  test(`createSamples() does and says nothing with ${JSON.stringify(env)}`, async () => {
    const accounts = empty();
    assert.deepEqual(await createSamples(accounts, cheap(), env), []);
    assert.deepEqual((await accounts.list()).records, []);
    await createSamples(accounts, cheap(), {});
    assert.deepEqual(await createSamples(accounts, cheap(), env), []);
  });
}

test('sampleAccounts() opens them once, when it is called, and prints how to log in', async (t) => {
  const print = t.mock.method(console, 'log', () => {});
  const accounts = empty();
  const samples = sampleAccounts(accounts, cheap());
  assert.deepEqual((await accounts.list()).records, []);
  await Promise.all([samples(), samples()]);
  assert.equal((await accounts.list()).records.length, 2);
  assert.equal(print.mock.calls.length, 2);
});

test('after() lets requests wait until the work is done, and no longer', async () => {
  let end = () => {};
  const work = new Promise<void>((resolve) => { end = resolve; });
  const order: string[] = [];
  const handler = after(() => work)(() => {
    order.push('answered');
    return { status: 204, headers: {}, body: '' };
  });
  const answers = [handler({} as Call), handler({} as Call)];
  await new Promise((resolve) => setImmediate(resolve));
  order.push('done');
  end();
  await Promise.all(answers);
  assert.deepEqual(order, ['done', 'answered', 'answered']);
});

test('createSamples() adds nobody to accounts that are there', async () => {
  const accounts = empty();
  await openAccount(accounts, cheap(), ben);
  assert.deepEqual(await createSamples(accounts, cheap(), {}), []);
  assert.equal((await accounts.list()).records.length, 1);
});

for (const lesson of ['15-login', '16-rights', '17-journal', '18-database']) {
  test(`lesson ${lesson} tells that its port is taken, and has opened no account by then`, async (t) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'taken-'));
    t.after(() => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 }));
    const port = new URL(await serve(t, (_request, response) => void response.end())).port;
    const child = spawn(process.execPath, [...typescriptFlags(), `lessons/${lesson}/server.ts`], {
      cwd: root,
      env: { ...process.env, PORT: port, HOST: '127.0.0.1', DATA_DIR: dataDir, PASSWORD_COST: '1024' },
    });
    t.after(() => child.kill('SIGKILL'));
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text) => { printed += text; });
    child.stderr.setEncoding('utf8').on('data', (text) => { printed += text; });
    const [status] = await once(child, 'close');
    assert.equal(status, 1);
    assert.match(printed, new RegExp(`^Port ${port} is already taken.*\\n$`));
    for (const name of readdirSync(dataDir)) {
      assert.ok(!readFileSync(join(dataDir, name), 'utf8').includes('@example.org'), name);
    }
  });
}
