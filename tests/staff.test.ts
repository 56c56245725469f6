// The first member of staff: the function, the hidden question, the program, and the command.
//
//   npm run staff grace@example.org   with a password from a pipe  ──►  role: 'staff'

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { test, type TestContext } from 'node:test';
import { Refusal } from '../lessons/06-errors/errors.ts';
import { openDatabase } from '../db/database.ts';
import { memoryStorage } from '../lessons/09-logic/memory.ts';
import type { Storage } from '../lessons/09-logic/storage.ts';
import { jsonFileStorage } from '../lessons/11-json-file/json-file.ts';
import {
  accountOptions, openAccount, publicOf, type Account,
} from '../lessons/14-passwords/accounts.ts';
import { makePasswords } from '../lessons/14-passwords/password.ts';
import { makeCheckPassword } from '../lessons/15-login/check-password.ts';
import { promptPassword } from '../lessons/16-rights/prompt-password.ts';
import { makeStaff } from '../lessons/16-rights/staff.ts';
import { journalStorage } from '../lessons/17-journal/journal-storage.ts';
import { Advice } from '../lessons/classroom/advice.ts';
import { run as runCommand } from '../lessons/classroom/commands/staff.ts';
import { root } from '../lessons/classroom/course.ts';
import { noteRunning } from '../lessons/classroom/running.ts';
import { startServer } from '../lessons/classroom/start.ts';

const passwords = makePasswords({ cost: 1024 });
const empty = () => memoryStorage().collection<Account>('accounts', accountOptions);
const never = () => assert.fail('asked for a password');

// ── the function ──

test('makeStaff() creates an account for a member of staff', async () => {
  const accounts = empty();
  const account = await makeStaff(accounts, passwords, 'Grace@Example.org', async () => 'keys to the café');
  assert.deepEqual(publicOf(account), { id: 1, email: 'grace@example.org', name: 'Grace', role: 'staff' });
  assert.equal((await makeCheckPassword(accounts, passwords)('grace@example.org', 'keys to the café'))?.role, 'staff');
});

test('makeStaff() makes a customer a member of staff, who keeps the password', async () => {
  const accounts = empty();
  const ada = await openAccount(accounts, passwords, { email: 'ada@example.org', name: 'Ada', password: 'flat white, no sugar' });
  assert.deepEqual(await makeStaff(accounts, passwords, ' ADA@example.org', never), { ...ada, role: 'staff', version: 2 });
  assert.equal((await accounts.list()).records.length, 1);
});

test('makeStaff() refuses a wrong e-mail before it asks, and a weak password after', async () => {
  const accounts = empty();
  const refused = (errors: string[]) => (error: unknown) => error instanceof Refusal && assert.deepEqual(error.details.errors?.map(({ message }) => message), errors) === undefined;
  await assert.rejects(makeStaff(accounts, passwords, 'grace', never), refused(['"email" must be an e-mail address, such as ada@example.org, but it was "grace".']));
  await assert.rejects(makeStaff(accounts, passwords, 'grace@example.org', async () => 'short'), refused(['"password" must be a text of 8 to 200 characters, but it has 5.']));
  assert.deepEqual((await accounts.list()).records, []);
});

// ── the question ──

function terminal(...typed: string[]) {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode() {} });
  const output = new PassThrough();
  const shown: string[] = [];
  // The next line is typed when it is asked for.
  output.on('data', (text) => { shown.push(String(text)); if (/: $/.test(String(text))) setImmediate(() => { const next = typed.shift(); if (next === undefined) input.end(); else input.write(next); }); });
  return { input, output, shown };
}

test('promptPassword() asks twice on a terminal, and shows nothing of what is typed', async () => {
  const { input, output, shown } = terminal('keys to the cafx\x7fé\r', 'keys to the café\r');
  assert.equal(await promptPassword('Password: ', { input, output }), 'keys to the café');
  assert.equal(shown.join(''), 'Password: \nAgain: \n');
});

test('promptPassword() refuses two different answers', async () => {
  const { input, output } = terminal('keys to the café\r', 'keys to the cafe\r');
  await assert.rejects(promptPassword('Password: ', { input, output }), new Error('The passwords do not match. Please start again.'));
});

for (const [how, typed] of [['Ctrl+C', ['keys\x03']], ['Ctrl+D', ['\x04']], ['a terminal that is gone', []]] as [string, string[]][]) {
  test(`promptPassword() gives up at ${how}`, async () => {
    const { input, output } = terminal(...typed);
    await assert.rejects(promptPassword('Password: ', { input, output }), new Error('You gave no password, so nothing was changed.'));
  });
}

for (const [piped, answer] of [['keys to the café\n', 'keys to the café'], ['keys to the café\r\nmore\r\n', 'keys to the café'], ['keys', 'keys'], ['  spaces stay  \n', '  spaces stay  ']] as const) {
  test(`promptPassword() takes the first line of ${JSON.stringify(piped)} from a pipe`, async () => {
    const input = new PassThrough();
    input.end(piped);
    assert.equal(await promptPassword('Password: ', { input }), answer);
  });
}

test('promptPassword() refuses an empty pipe', async () => {
  const input = new PassThrough();
  input.end();
  await assert.rejects(promptPassword('Password: ', { input }), new Error('You gave no password, so nothing was changed.'));
});

// ── the program, by its command ──

function makeFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'staff-'));
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

async function command(
  data: string,
  words: string[],
  typed: string,
  cost: NodeJS.ProcessEnv = { PASSWORD_COST: '1024' },
) {
  const { PASSWORD_COST: _own, ...env } = process.env;
  const child = spawn(process.execPath, [join(root, 'lessons/classroom/launch.js'), 'staff', ...words], { cwd: root, env: { ...env, CLASSROOM_DATA: data, DATA_DIR: '', ...cost } });
  const written = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => { written.stdout += text; });
  child.stderr.setEncoding('utf8').on('data', (text) => { written.stderr += text; });
  child.stdin.on('error', () => {});
  child.stdin.end(typed);
  const [status] = await once(child, 'close');
  return { status, ...written };
}

test('npm run staff makes a member of staff, in the data of that lesson', async (t) => {
  const data = makeFolder(t);
  assert.deepEqual(await command(data, ['16', 'grace@example.org'], 'keys to the café\n'), { status: 0, stdout: 'grace@example.org is a member of staff now.\n', stderr: '' });
  const stored = readFileSync(join(data, '16', 'cafe.json'), 'utf8');
  assert.match(stored, /"email":"grace@example\.org","name":"grace","role":"staff","passwordHash":"\$scrypt\$ln=10,r=8,p=1\$/);
  assert.ok(!stored.includes('keys to the caf'));
  assert.deepEqual(await command(data, ['16', 'grace@example.org'], ''), { status: 0, stdout: 'grace@example.org is a member of staff now.\n', stderr: '' });
});

const grace = { status: 0, stdout: 'grace@example.org is a member of staff now.\n', stderr: '' };

for (const [words, open] of [
  [['16'], (data) => jsonFileStorage(join(data, '16', 'cafe.json'))],
  [['17'], (data) => journalStorage(join(data, '17'))],
  [['18'], (data) => openDatabase(join(data, '18'))],
  [[], (data) => openDatabase(join(data, 'cafe'))],
] as [string[], (data: string) => Promise<Storage>][]) {
  const where = words[0] === undefined ? 'the café' : `lesson ${words[0]}`;

  test(`npm run staff makes a member of staff in the store of ${where}, who can log in`, async (t) => {
    const data = makeFolder(t);
    const wanted = [...words, 'grace@example.org'];
    assert.deepEqual(await command(data, wanted, 'keys to the café\n'), grace);
    const storage = await open(data);
    const accounts = storage.collection<Account>('accounts', accountOptions);
    const logIn = makeCheckPassword(accounts, passwords);
    const account = await logIn('grace@example.org', 'keys to the café');
    assert.deepEqual([account?.id, account?.role], [1, 'staff']);
    assert.equal(await logIn('grace@example.org', 'keys to the cafe'), undefined);
    const ada = { email: 'ada@example.org', name: 'Ada', password: 'flat white, no sugar' };
    await openAccount(accounts, passwords, ada);
    await storage.close();
    const promoted = await command(data, [...words, 'ada@example.org'], '');
    assert.deepEqual(promoted, { ...grace, stdout: 'ada@example.org is a member of staff now.\n' });
    const again = await open(data);
    const { records } = await again.collection<Account>('accounts', accountOptions).list();
    await again.close();
    assert.deepEqual(records.map(({ email, role }) => [email, role]), [
      ['grace@example.org', 'staff'], ['ada@example.org', 'staff'],
    ]);
  });
}

for (const cost of [{}, { PASSWORD_COST: '' }]) {
  test(`npm run staff hashes with the real cost when told ${JSON.stringify(cost)}`, async (t) => {
    const data = makeFolder(t);
    const words = ['16', 'grace@example.org'];
    assert.deepEqual(await command(data, words, 'keys to the café\n', cost), grace);
    const stored = readFileSync(join(data, '16', 'cafe.json'), 'utf8');
    assert.match(stored, /"role":"staff","passwordHash":"\$scrypt\$ln=17,r=8,p=1\$/);
  });
}

test('npm run staff says what is wrong, and stores nothing', async (t) => {
  const data = makeFolder(t);
  assert.deepEqual(await command(data, ['16', 'grace'], 'keys to the café\n'), { status: 1, stdout: '', stderr: 'Some fields are not valid.\n"email" must be an e-mail address, such as ada@example.org, but it was "grace".\n' });
  assert.deepEqual(await command(data, ['16', 'grace@example.org'], 'short\n'), { status: 1, stdout: '', stderr: 'Some fields are not valid.\n"password" must be a text of 8 to 200 characters, but it has 5.\n' });
  assert.deepEqual(await command(data, [], ''), { status: 1, stdout: '', stderr: 'Say who becomes a member of staff, for example: npm run staff grace@example.org\n' });
  assert.deepEqual(await command(data, ['10', 'grace@example.org'], ''), { status: 1, stdout: '', stderr: 'In lesson 10 there is no staff yet: it comes with lesson 16.\n' });
  assert.equal(existsSync(join(data, '16')), false);
});

test('npm run staff does nothing while the server runs, and says so', async (t) => {
  const at = makeFolder(t);
  const ran = join(at, 'ran.txt');
  mkdirSync(join(at, 'lessons', '16-rights'), { recursive: true });
  writeFileSync(join(at, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(at, 'lessons', '16-rights', 'open.ts'), 'export const openStorage = (folder) => folder;\n');
  writeFileSync(join(at, 'lessons', '16-rights', 'staff-command.ts'), `import { writeFileSync } from 'node:fs';\nexport function runStaffCommand(folder) {\n  writeFileSync(${JSON.stringify(ran)}, folder);\n  return true;\n}\n`);
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  noteRunning(at, { lesson: '16', url, pid: process.pid });
  await assert.rejects(runCommand(['16', 'grace@example.org'], at), new Advice(`Lesson 16 runs at ${url} and would not learn of it. Press Ctrl+C in its terminal first, then run this again.`));
  assert.equal(existsSync(ran), false);
  server.close();
  await once(server, 'close');
  assert.equal(await runCommand(['16', 'grace@example.org'], at), 0);
  assert.ok(existsSync(ran));
});

// ── the link ──

for (const [visitor, login, shown] of [
  ['a guest', undefined, false],
  ['Ada, a customer', { email: 'ada@example.org', password: 'flat white, no sugar' }, false],
  ['Grace, who is staff', { email: 'grace@example.org', password: 'keys to the café' }, true],
] as const) {
  test(`lesson 18 ${shown ? 'shows' : 'hides'} the link "Staff" to ${visitor}`, async (t) => {
    const { url, stop } = await startServer({
      file: join(root, 'lessons/18-database/server.ts'),
      cwd: root,
      port: 0,
      dataDir: makeFolder(t),
      env: { PASSWORD_COST: '1024' },
    });
    t.after(stop);
    const cookie = login === undefined ? '' : await logInAt(url, login);
    const page = await fetch(`${url}/menu`, { headers: { accept: 'text/html', cookie } });
    assert.equal(page.status, 200);
    const links = (await page.text()).match(/<a [^>]*href="[^"]*"[^>]*>[^<]*<\/a>/g) ?? [];
    assert.ok(links.some((link) => link.includes('href="/notes"')), 'the page has no navigation');
    assert.equal(links.filter((link) => link.includes('/staff')).length, shown ? 1 : 0);
  });
}

async function logInAt(url: string, login: { email: string; password: string }): Promise<string> {
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(login),
  });
  assert.equal(answer.status, 201);
  return answer.headers.get('set-cookie')!.split(';')[0]!;
}
