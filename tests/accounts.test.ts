// Accounts: opened over real HTTP, kept without the password, and known again by it.
//
//   post('/api/accounts', { email: 'ada@example.org', name: 'Ada', password })
//     ──►  201, { id: 1, email: 'ada@example.org', name: 'Ada', role: 'customer' }

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { html } from '../lessons/02-reply/reply.ts';
import { answerWith, router } from '../lessons/04-router/router.ts';
import { around, withLog } from '../lessons/05-around/around.ts';
import { Refusal, withErrors } from '../lessons/06-errors/errors.ts';
import { validate } from '../lessons/08-validate/validate.ts';
import { memoryStorage } from '../lessons/09-logic/memory.ts';
import { Conflict, type Collection } from '../lessons/09-logic/storage.ts';
import { jsonFileStorage } from '../lessons/11-json-file/json-file.ts';
import { accountRoutes, type LetIn } from '../lessons/14-passwords/account-routes.ts';
import {
  accountOptions, newAccountRule, openAccount, publicOf, type Account,
} from '../lessons/14-passwords/accounts.ts';
import { makePasswords, type Passwords } from '../lessons/14-passwords/password.ts';
import { fewAtATime } from '../lessons/14-passwords/queue.ts';
import { makeCheckPassword } from '../lessons/15-login/check-password.ts';
import { serve } from './serve.ts';

const password = 'flat white, no sugar';
const ada = { email: 'ada@example.org', name: 'Ada', password };
const cheap = { cost: 2 ** 10 };

const noAccounts = () => memoryStorage().collection<Account>('accounts', accountOptions);

type Parts = { accounts?: Collection<Account>; passwords?: Passwords; letIn?: LetIn };

async function open(t: TestContext, { accounts = noAccounts(), passwords = makePasswords(cheap), letIn }: Parts = {}) {
  const printed: string[] = [];
  const bugs: unknown[] = [];
  const cafe = router(accountRoutes(accounts, passwords, async ({ title, body, status = 200 }) => html(status, `<title>${title}</title>${body}`), letIn));
  const layers = [(handler: typeof cafe) => withLog(handler, (line) => printed.push(line)), (handler: typeof cafe) => withErrors(handler, { report: (bug) => bugs.push(bug) })];
  const url = await serve(t, answerWith(around(layers, cafe)));

  async function ask(path: string, type?: string, body?: string) {
    const response = await fetch(url + path, { method: type ? 'POST' : 'GET', redirect: 'manual', headers: type ? { 'content-type': type } : {}, body });
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  return {
    accounts, printed, bugs, ask,
    post: (fields: unknown) => ask('/api/accounts', 'application/json', JSON.stringify(fields)),
    postForm: (fields: Record<string, string>) => ask('/account', 'application/x-www-form-urlencoded', String(new URLSearchParams(fields))),
    kept: async () => (await accounts.list()).records,
  };
}

/** A promise that the test keeps when it likes. */
function makeGate() {
  let open = () => {};
  const promise = new Promise<void>((resolve) => { open = resolve; });
  return { promise, open };
}

/** The sentences about wrong fields. */
function errorsIn(text: string): string[] {
  return JSON.parse(text).errors.map(({ message }: { message: string }) => message);
}

// ── opening one ───────────────────────────────────────────────────────────────────────────────

test('POST /api/accounts opens one, and shows neither password nor hash', async (t) => {
  const { post, kept } = await open(t);
  const answer = await post(ada);
  assert.equal(answer.status, 201);
  assert.equal(answer.headers.get('location'), '/api/accounts/1');
  assert.deepEqual(JSON.parse(answer.text), { id: 1, email: 'ada@example.org', name: 'Ada', role: 'customer' });
  const [{ passwordHash: stored, ...rest }] = await kept() as [Account];
  assert.deepEqual(rest, { id: 1, email: 'ada@example.org', name: 'Ada', role: 'customer', version: 1 });
  assert.match(stored, /^\$scrypt\$ln=10,r=8,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
});

for (const [what, fields, ...errors] of [
  ['a role', { ...ada, role: 'staff' }, '"role" is not a known field. The fields are email, name, password.'],
  ['an id', { ...ada, id: 1 }, '"id" is not a known field. The fields are email, name, password.'],
  ['a version and a hash', { ...ada, version: 7, hash: 'x' }, '"version" is not a known field. The fields are email, name, password.', '"hash" is not a known field. The fields are email, name, password.'],
  ['a query of MongoDB as e-mail', { ...ada, email: { $ne: null } }, '"email" must be an e-mail address, such as ada@example.org, but it was {"$ne":null}.'],
  ['a query of MongoDB as password', { ...ada, password: { $ne: null } }, '"password" must be a text of 8 to 200 characters.'],
  ['a piece of SQL as e-mail', { ...ada, email: "1' OR '1'='1" }, '"email" must be an e-mail address, such as ada@example.org, but it was "1\' OR \'1\'=\'1".'],
  ['an e-mail with a line break', { ...ada, email: 'ada@example.org\nbcc: all@example.org' }, '"email" must be an e-mail address, such as ada@example.org, but it was "ada@example.org\\nbcc: all@example.org".'],
  ['an e-mail with two @', { ...ada, email: 'ada@ben@example.org' }, '"email" must be an e-mail address, such as ada@example.org, but it was "ada@ben@example.org".'],
  ['an e-mail without a house', { ...ada, email: 'ada@' }, '"email" must be an e-mail address, such as ada@example.org, but it was "ada@".'],
  ['an e-mail with a sign that only looks like a k', { ...ada, email: 'be\u212a@example.org' }, '"email" must be an e-mail address, such as ada@example.org, but it was "be\u212a@example.org".'],
  ['an endless e-mail', { ...ada, email: `${'a'.repeat(250)}@b.org` }, `"email" must be an e-mail address, such as ada@example.org, but it was "${'a'.repeat(59)}….`],
  ['a short password', { ...ada, password: 'espress' }, '"password" must be a text of 8 to 200 characters, but it has 7.'],
  ['eight half characters', { ...ada, password: '🥐🥐🥐🥐' }, '"password" must be a text of 8 to 200 characters, but it has 4.'],
  ['a long password', { ...ada, password: 'x'.repeat(201) }, '"password" must be a text of 8 to 200 characters, but it has 201.'],
  ['a number as password', { ...ada, password: 12345678 }, '"password" must be a text of 8 to 200 characters.'],
  ['a list as password', { ...ada, password: ['password'] }, '"password" must be a text of 8 to 200 characters.'],
  ['a password with a zero byte', { ...ada, password: `${password}\0` }, '"password" must not contain the character U+0000 or half of a character. Type it again.'],
  ['a password with half a character', { ...ada, password: `${password}\ud83d` }, '"password" must not contain the character U+0000 or half of a character. Type it again.'],
  ['eight characters that are four', { ...ada, password: 'e\u0301'.repeat(4) }, '"password" must be a text of 8 to 200 characters, but it has 4.'],
  ['an endless password', { ...ada, password: '\u0315\u0327'.repeat(20_000) }, '"password" must be a text of 8 to 200 characters, but it has 40000.'],
  ['a name that nobody sees', { ...ada, name: '\u200b' }, '"name" must be a line of 1 to 60 characters that can be seen, but it was "\\u200b".'],
  ['a name that turns the line round', { ...ada, name: '\u202eada' }, '"name" must be a line of 1 to 60 characters that can be seen, but it was "\\u202eada".'],
  ['an e-mail in a no-break space', { ...ada, email: '\u00a0ada@example.org' }, '"email" must be an e-mail address, such as ada@example.org, but it was "\\u00a0ada@example.org".'],
  ['the first password that everybody tries', { ...ada, password: 'PassWord' }, '"password" is one that everybody tries first: choose another.'],
  ['nothing', {}, '"email" is missing: it must be an e-mail address, such as ada@example.org.', '"name" is missing: it must be a line of 1 to 60 characters.', '"password" is missing: it must be a text of 8 to 200 characters.'],
] as const) {
  test(`POST /api/accounts refuses ${what}, and keeps nothing`, async (t) => {
    const { post, kept, bugs } = await open(t);
    const answer = await post(fields);
    assert.equal(answer.status, 422);
    assert.deepEqual(errorsIn(answer.text), errors);
    assert.deepEqual([await kept(), bugs], [[], []]);
  });
}

test('POST /api/accounts refuses a second account with one e-mail, in capital letters too', async (t) => {
  const { post, kept } = await open(t);
  assert.equal((await post(ada)).status, 201);
  for (const email of ['ada@example.org', ' ADA@Example.ORG ']) {
    const answer = await post({ ...ada, email });
    assert.deepEqual([answer.status, JSON.parse(answer.text)], [409, { title: 'Conflict', status: 409, detail: 'This e-mail address already has an account. Please use another one.' }]);
  }
  assert.equal((await kept()).length, 1);
});

test('of several who want one e-mail in the same moment, one gets it', async (t) => {
  const { post, kept } = await open(t);
  const answers = await Promise.all(['Ada', 'ada', 'ADA', 'Ben', 'Eve'].map((name) => post({ ...ada, name, email: name === 'ADA' ? 'ADA@example.org' : ada.email })));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409, 409, 409, 409]);
  const winner = JSON.parse(answers.find(({ status }) => status === 201)!.text);
  assert.deepEqual((await kept()).map(publicOf), [winner]);
});

for (const email of ['a@b', "o'hara+cafe@mail.example.co.uk", `${'x'.repeat(64)}@${'y'.repeat(63)}.org`]) {
  test(`POST /api/accounts takes the e-mail ${email.slice(0, 40)}`, async (t) => {
    const { post } = await open(t);
    assert.equal(JSON.parse((await post({ ...ada, email })).text).email, email);
  });
}

test('a password may have any characters, spaces at its ends too', () => {
  for (const password of ['        ', ' flat white ', 'пароль на кофе', '🥐'.repeat(200), 'tab\tand\nbreak']) {
    assert.equal(validate(newAccountRule, { ...ada, password }).password, password);
  }
});

test('a password of 200 characters may be typed as 200 and as 400', () => {
  for (const password of ['é'.repeat(200), 'e\u0301'.repeat(200)]) {
    assert.equal(validate(newAccountRule, { ...ada, password }).password, password);
  }
});

test('the account of a password does not open with zero bytes behind it, nor by half characters', async () => {
  const accounts = noAccounts();
  const check = makeCheckPassword(accounts, makePasswords(cheap));
  await openAccount(accounts, makePasswords(cheap), ada);
  for (const wrong of [`${password}\0`, `${password}\0\0`, `${password}\ud83d`]) {
    assert.equal(await check(ada.email, wrong), undefined);
  }
});

test('a password typed on another keyboard opens the account', async () => {
  const accounts = noAccounts();
  const check = makeCheckPassword(accounts, makePasswords(cheap));
  const account = await openAccount(accounts, makePasswords(cheap), { ...ada, password: 'caf\u00e9 au lait' });
  assert.deepEqual(await check(ada.email, 'cafe\u0301 au lait'), account);
});

test('POST /api/accounts answers 503 when too many come at once, and serves the others', async (t) => {
  const inQueue = fewAtATime(1, 2);
  const { promise: gate, open: openGate } = makeGate();
  const slow: Passwords = { ...makePasswords(cheap), hash: () => inQueue(async () => { await gate; return 'hashed'; }) };
  const { post, kept, bugs } = await open(t, { passwords: slow });
  let refused = 0;
  const answers = await Promise.all(Array.from({ length: 8 }, async (_, n) => {
    const answer = await post({ ...ada, email: `guest${n}@example.org` });
    if (answer.status === 503) refused += 1;
    if (refused === 5) openGate();
    return answer;
  }));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 201, 201, 503, 503, 503, 503, 503]);
  for (const { headers, text } of answers.filter(({ status }) => status === 503)) {
    assert.equal(headers.get('retry-after'), '5');
    assert.deepEqual(JSON.parse(text), { title: 'Service Unavailable', status: 503, detail: 'The server is busy. Please try again in a few seconds.' });
  }
  assert.deepEqual([(await kept()).length, bugs], [3, []]);
});

test('neither password nor hash comes into any answer, log line, report of a bug, or the password into the file', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'accounts-'));
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const storage = await jsonFileStorage(join(folder, 'cafe.json'));
  const { post, postForm, ask, printed, bugs, kept, accounts } = await open(t, { accounts: storage.collection<Account>('accounts', accountOptions) });
  const short = 'Sesame1';
  const answers = [
    await post(ada), await post(ada), await postForm({ ...ada, email: 'ben@example.org' }), await postForm(ada),
    await post({ ...ada, password: short }), await post({ ...ada, password: { text: password } }), await post({ ...ada, password: [password] }),
    await postForm({ ...ada, password: short }), await postForm({ ...ada, email: 'no', role: 'staff' }), await ask('/account'), await ask('/api/accounts'),
  ];
  assert.deepEqual(answers.map(({ status }) => status), [201, 409, 303, 409, 422, 422, 422, 422, 422, 200, 405]);
  const [first] = await kept() as [Account];
  rmSync(folder, { recursive: true }); // Saving fails now, and that is a bug to report.
  assert.equal((await post({ ...ada, email: 'eve@example.org' })).status, 500);
  assert.equal(bugs.length, 1);
  // A file that somebody has changed by hand.
  await assert.rejects(makeCheckPassword({ ...accounts, find: async () => [{ ...first, passwordHash: `${first.passwordHash}!` }] }, makePasswords(cheap))('ada@example.org', password), (bug) => { bugs.push(bug); return true; });
  const everything = [...answers.flatMap(({ text, headers }) => [text, JSON.stringify([...headers])]), ...printed, ...bugs.map((bug) => `${(bug as Error).stack} ${JSON.stringify(bug)} ${String((bug as Error).cause)}`)].join('\n');
  for (const secret of [password, short, first.passwordHash, 'scrypt$ln=10', ...first.passwordHash.split('$').slice(3)]) assert.ok(!everything.includes(secret), secret);
});

test('the password is not in the file that a thief would find', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'accounts-'));
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const storage = await jsonFileStorage(join(folder, 'cafe.json'));
  await openAccount(storage.collection<Account>('accounts', accountOptions), makePasswords(cheap), ada);
  const file = readFileSync(join(folder, 'cafe.json'), 'utf8');
  assert.match(file, /"email":"ada@example\.org","name":"Ada","role":"customer","passwordHash":"\$scrypt\$ln=10,r=8,p=1\$/);
  for (const form of ['utf8', 'base64', 'hex'] as const) assert.ok(!file.includes(Buffer.from(password).toString(form)), form);
});

test('publicOf() picks what may be seen, whatever else a record has', () => {
  const account = { id: 1, ...ada, passwordHash: '$scrypt$', role: 'staff', version: 3, recovery: 'the name of my cat' } as const;
  assert.deepEqual(publicOf(account), { id: 1, email: 'ada@example.org', name: 'Ada', role: 'staff' });
});

test('openAccount() makes a member of staff only for its caller', async () => {
  const account = await openAccount(noAccounts(), makePasswords(cheap), ada, 'staff');
  assert.equal(account.role, 'staff');
});

// ── the pages ─────────────────────────────────────────────────────────────────────────────────

test('GET /account shows the form, with what browsers need to help', async (t) => {
  const { status, text } = await (await open(t)).ask('/account');
  assert.equal(status, 200);
  for (const part of ['<form class="card" method="post" action="/account">', 'name="email" type="email" value="" autocomplete="username"', 'name="password" type="password" value="" autocomplete="new-password"']) assert.ok(text.includes(part), part);
});

test('POST /account opens one and leads on', async (t) => {
  const { postForm, kept, ask } = await open(t);
  const answer = await postForm(ada);
  assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/account/welcome']);
  assert.deepEqual((await kept()).map(publicOf), [{ id: 1, email: 'ada@example.org', name: 'Ada', role: 'customer' }]);
  assert.match((await ask('/account/welcome')).text, /Your account is ready\./);
});

test('POST /account lets the new guest in, by the headers that it is given', async (t) => {
  const asked: string[] = [];
  const { postForm } = await open(t, { letIn: async ({ address }, { id, name }) => {
    asked.push(`${address.path} ${id} ${name}`);
    return { 'set-cookie': 'sid=1' };
  } });
  assert.equal((await postForm({ ...ada, password: 'short' })).headers.get('set-cookie'), null);
  assert.equal((await postForm(ada)).headers.get('set-cookie'), 'sid=1');
  assert.equal((await postForm(ada)).headers.get('set-cookie'), null);
  assert.deepEqual(asked, ['/account 1 Ada']);
});

test('POST /account shows the form again: what was typed, what is wrong beside the field, and no password', async (t) => {
  const { postForm, kept } = await open(t);
  const { status, text } = await postForm({ email: 'ada', name: 'Ada "the first"', password: 'Sesame1', role: 'staff' });
  assert.equal(status, 422);
  for (const part of ['value="ada"', 'value="Ada &quot;the first&quot;"', 'id="email-problem">Please enter an e-mail address, such as ada@example.org.<', 'id="password-problem">Please choose a password of 8 to 200 characters, and not one that everybody tries first.<', '&quot;role&quot; is not a known field', 'name="password" type="password" value=""']) assert.ok(text.includes(part), part);
  assert.deepEqual(await kept(), []);
});

test('POST /account shows the form again for an e-mail that is taken', async (t) => {
  const { post, postForm, kept } = await open(t);
  await post(ada);
  const { status, text } = await postForm({ ...ada, name: 'Eve' });
  assert.equal(status, 409);
  for (const part of ['value="Eve"', 'id="email-problem">This e-mail address already has an account. Please use another one.', 'type="password" value=""']) assert.ok(text.includes(part), part);
  assert.equal((await kept()).length, 1);
});

test('POST /account lets a bug be a bug', async (t) => {
  const { postForm, bugs } = await open(t, { accounts: { ...noAccounts(), insert: () => Promise.reject(new Error('The disk is full.')) } });
  assert.equal((await postForm(ada)).status, 500);
  assert.deepEqual(bugs, [new Error('The disk is full.')]);
});

// ── knowing again ─────────────────────────────────────────────────────────────────────────────

/** Passwords that note what they are asked to do. */
function counting(passwords: Passwords) {
  const work: string[] = [];
  return {
    work,
    passwords: {
      ...passwords,
      hash: (password: string) => { work.push(`hash ${password}`); return passwords.hash(password); },
      check: (password: string, stored: string | undefined) => { work.push(`check ${password} against ${stored === undefined ? 'nothing' : 'a hash'}`); return passwords.check(password, stored); },
    } satisfies Passwords,
  };
}

test('makeCheckPassword() does the same work, whoever asks: one hash', async () => {
  const accounts = noAccounts();
  const { work, passwords } = counting(makePasswords(cheap));
  const account = await openAccount(accounts, makePasswords(cheap), ada);
  const check = makeCheckPassword(accounts, passwords);
  assert.deepEqual(await check('ada@example.org', password), account);
  assert.equal(await check('ada@example.org', 'flat white, one sugar'), undefined);
  assert.equal(await check('nobody@example.org', password), undefined);
  assert.equal(await check("1' OR '1'='1", password), undefined);
  assert.deepEqual(work, [`check ${password} against a hash`, 'check flat white, one sugar against a hash', `check ${password} against nothing`, `check ${password} against nothing`]);
});

test('makeCheckPassword() knows an e-mail in capital letters', async () => {
  const accounts = noAccounts();
  const account = await openAccount(accounts, makePasswords(cheap), validate(newAccountRule, { ...ada, email: 'Ada@Example.org' }));
  assert.deepEqual(await makeCheckPassword(accounts, makePasswords(cheap))(' ADA@example.org', password), account);
});

test('makeCheckPassword() hashes anew when the cost has changed, once, and only for who is right', async () => {
  const accounts = noAccounts();
  const old = await openAccount(accounts, makePasswords(cheap), ada);
  const { work, passwords } = counting(makePasswords({ cost: 2 ** 11 }));
  const check = makeCheckPassword(accounts, passwords);
  assert.equal(await check(ada.email, 'flat white, one sugar'), undefined);
  assert.deepEqual(await accounts.get(1), old);

  const renewed = await check(ada.email, password);
  assert.match(renewed!.passwordHash, /^\$scrypt\$ln=11,/);
  assert.deepEqual(renewed, { ...old, version: 2, passwordHash: renewed!.passwordHash });
  assert.deepEqual(await accounts.get(1), renewed);
  assert.deepEqual(await check(ada.email, password), renewed);
  assert.equal(work.filter((one) => one.startsWith('hash')).length, 1);
});

for (const [what, failure] of [['changed meanwhile', new Conflict('changed', 'Somebody was faster.')], ['removed meanwhile', new Conflict('missing', 'It is gone.')]] as const) {
  test(`makeCheckPassword() lets in who is right, though the account was ${what} and the new hash is not kept`, async () => {
    const accounts = noAccounts();
    const old = await openAccount(accounts, makePasswords(cheap), ada);
    const check = makeCheckPassword({ ...accounts, update: () => Promise.reject(failure) }, makePasswords({ cost: 2 ** 11 }));
    assert.deepEqual(await check(ada.email, password), old);
  });
}

test('makeCheckPassword() lets in who is right, though the queue is too full for a new hash', async () => {
  const accounts = noAccounts();
  const old = await openAccount(accounts, makePasswords(cheap), ada);
  const passwords = { ...makePasswords({ cost: 2 ** 11 }), hash: () => Promise.reject(new Refusal(503, 'Too much to do.')) };
  assert.deepEqual(await makeCheckPassword(accounts, passwords)(ada.email, password), old);
});

test('makeCheckPassword() says what to do when an older program has stored the account', async () => {
  const accounts = noAccounts();
  const { passwordHash, version, ...fields } = await openAccount(accounts, makePasswords(cheap), ada);
  await accounts.update(1, version, { ...fields, password: passwordHash } as unknown as Account);
  await assert.rejects(makeCheckPassword(accounts, makePasswords(cheap))(ada.email, password), new Error(
    'The account 1 has no "passwordHash": an older version of the program has stored it. ' +
    'Stop the server and run "npm run fresh" with the number of the lesson: it begins with the ' +
    'sample data again, and keeps yours under a dated name.',
  ));
});

test('makeCheckPassword() does not hide that the disk is full', async () => {
  const accounts = noAccounts();
  await openAccount(accounts, makePasswords(cheap), ada);
  const check = makeCheckPassword({ ...accounts, update: () => Promise.reject(new Error('The disk is full.')) }, makePasswords({ cost: 2 ** 11 }));
  await assert.rejects(check(ada.email, password), new Error('The disk is full.'));
});

test('makeCheckPassword() keeps both: a name changed in the same moment, and the login', async () => {
  const accounts = noAccounts();
  const old = await openAccount(accounts, makePasswords(cheap), ada);
  const { id: _id, version: _version, ...fields } = old;
  const [found] = await Promise.all([makeCheckPassword(accounts, makePasswords({ cost: 2 ** 11 }))(ada.email, password), accounts.update(1, 1, { ...fields, name: 'Ada Lovelace' })]);
  assert.equal(found?.id, 1);
  assert.equal((await accounts.get(1))?.name, 'Ada Lovelace');
});
