// Lesson 14 as a learner meets it: its server with another cost, and its labs.
//
//   PASSWORD_COST=1000 node lessons/14-passwords/server.ts  ──►  ends, and says what the cost must be

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { root } from '../lessons/classroom/course.ts';
import { startServer, typescriptFlags } from '../lessons/classroom/start.ts';

const file = join(root, 'lessons/14-passwords/server.ts');

function makeFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'accounts-'));
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

async function run(t: TestContext, env: Record<string, string>, ...words: string[]) {
  const { NODE_TEST_CONTEXT, ...rest } = process.env;
  const child = spawn(process.execPath, words, { cwd: root, env: { ...rest, NO_COLOR: '1', ...env } });
  t.after(() => child.kill('SIGKILL'));
  const written = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => { written.stdout += text; });
  child.stderr.setEncoding('utf8').on('data', (text) => { written.stderr += text; });
  const [status] = await once(child, 'close');
  return { status, ...written };
}

const lab = (t: TestContext, name: string) => run(t, {}, join(root, 'lessons/classroom/launch.js'), 'lab', '14', name, 'quick');

test('PASSWORD_COST makes hashes cheaper, and the account is there after a restart', async (t) => {
  const dataDir = makeFolder(t);
  const open = () => startServer({ file, cwd: root, port: 0, dataDir, env: { PASSWORD_COST: '1024' } });
  const post = async (url: string) => (await fetch(`${url}/api/accounts`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email: 'ada@example.org', name: 'Ada', password: 'flat white, no sugar' }) })).status;
  const first = await open();
  t.after(first.stop);
  assert.equal(await post(first.url), 201);
  await first.stop();
  assert.match(readFileSync(join(dataDir, 'cafe.json'), 'utf8'), /"passwordHash":"\$scrypt\$ln=10,r=8,p=1\$/);
  const again = await open();
  t.after(again.stop);
  assert.equal(await post(again.url), 409);
});

test('a PASSWORD_COST that is none stops the start, in a sentence', async (t) => {
  const { status, stdout, stderr } = await run(t, { PASSWORD_COST: '1000', PORT: '0', DATA_DIR: makeFolder(t) }, ...typescriptFlags(), file);
  assert.deepEqual([status, stdout], [1, '']);
  assert.match(stderr, /The cost of a password must be a power of two from 1024 to 1048576, such as 131072, but it was 1000\./);
});

describe('the labs of lesson 14', () => {
  test('"stolen" shows a row for each way', async (t) => {
    const { status, stdout, stderr } = await lab(t, 'stolen');
    assert.deepEqual([status, stderr], [0, '']);
    assert.deepEqual(stdout.replace(/[\d,.]+ (seconds|minutes|hours|days|years)/g, 'N $1').split('\n').map((line) => line.split(/ {2,}/)[0]), ['A thief tries 100,000 passwords on 1,000 accounts.', '', '', 'SHA-256', 'SHA-256 and a salt', 'scrypt, cost 2^10', 'scrypt, cost 2^11', '']);
  });

  test('"crowd" shows three waits, each in milliseconds', async (t) => {
    const { status, stdout, stderr } = await lab(t, 'crowd');
    assert.deepEqual([status, stderr], [0, '']);
    assert.deepEqual(stdout.replace(/[\d,.]+ ms/g, 'N ms').split('\n').map((line) => line.trim().split(/ {2,}/)), [['Slowest save'], ['nobody logs in', 'N ms'], ['20 guests, all at once', 'N ms'], ['20 guests, two at a time', 'N ms'], ['']]);
  });
});
