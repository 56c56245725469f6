// A test file that falls silent is ended, and the end says what was skipped and slow.
//
//   test('hangs', () => new Promise(() => setInterval(() => {}, 1000)))
//     ──►  ✖ after four seconds here (60 in earnest), and the other files go on

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { typescriptFlags } from '../lessons/classroom/start.ts';
import { sayMissed, saySkipped, saySlowest } from './report.ts';

const silence = new URL('silence.ts', import.meta.url).href;
const report = new URL('report.ts', import.meta.url).href;

const runner = (load: number) => `import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';
import { endSilent } from '${silence}';
import { followTests } from '${report}';
const here = import.meta.dirname ?? process.argv[2];
const files = readdirSync(here).filter((name) => name.endsWith('.test.mjs'));
const paths = files.sort().map((name) => join(here, name));
const tests = run({ files: paths, concurrency: 2 });
endSilent(tests, paths, here, { most: 4, load: () => ${load} });
const done = followTests(tests, here);
tests.on('end', () => console.log(JSON.stringify(done))).resume();
`;

type Ran = { printed: string; done: ReturnType<typeof JSON.parse>[] };

/** Runs these files as `npm test` runs its own, at that load. */
async function runFiles(t: TestContext, load: number, files: Record<string, string>): Promise<Ran> {
  const folder = mkdtempSync(join(tmpdir(), 'runner-'));
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const start = `import { test } from 'node:test';\n`;
  for (const [name, code] of Object.entries(files)) writeFileSync(join(folder, name), start + code);
  writeFileSync(join(folder, 'runner.mjs'), runner(load));
  const { NODE_TEST_CONTEXT, ...env } = process.env;
  const words = [...typescriptFlags(), join(folder, 'runner.mjs'), folder];
  const child = spawn(process.execPath, words, { env });
  t.after(() => child.kill('SIGKILL'));
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => { said.stdout += text; });
  child.stderr.setEncoding('utf8').on('data', (text: string) => { said.stderr += text; });
  await once(child, 'close');
  return { printed: said.stderr, done: JSON.parse(said.stdout) };
}

const quick = `test('quick', () => {});\n`;

for (const [how, code, name] of [
  ['waits for ever', 'new Promise(() => setInterval(() => {}, 1000))', /^, "hangs"$/],
  // What began just before a loop may still be on its way.
  ['loops for ever', '{ for (;;); }', /^(, "(quick|hangs)")?$/],
] as const) {
  test(`a file that ${how} is ended, and its test is named`, async (t) => {
    const { printed, done } = await runFiles(t, 0, {
      'a.test.mjs': `${quick}test('hangs', () => ${code});\n`,
      'b.test.mjs': quick,
    });
    const ended = 'Ended, since nothing was heard for 4 seconds: a.test.mjs';
    assert.equal(printed.slice(0, ended.length), ended);
    assert.match(printed.slice(ended.length).trimEnd(), name);
    const others = done.filter(({ file }) => file === 'b.test.mjs');
    assert.deepEqual(others.map(({ name }) => name), ['quick']);
  });
}

const wait = `const wait = (seconds) => new Promise((go) => setTimeout(go, seconds * 1000));\n`;

test('a file that is heard is not ended, and a busy machine ends none', async (t) => {
  const { printed, done } = await runFiles(t, 6, {
    'a.test.mjs': `${wait}test('prints', async () => {
  for (let line = 1; line <= 6; line += 1) { await wait(1); console.log(line); }
});
`,
    'b.test.mjs': `${wait}test('is slow', () => wait(6.5));\n`,
  });
  const told = /^Still running, and nothing heard for 4 seconds: b\.test\.mjs(, "is slow")?\n$/;
  assert.match(printed, told);
  assert.deepEqual(done.map(({ name }) => name), ['prints', 'is slow']);
});

test('the end says what was skipped and why, and what took longest', async (t) => {
  const { done } = await runFiles(t, 0, {
    'a.test.mjs': `${quick}
test('slow', () => new Promise((resolve) => setTimeout(resolve, 300)));
test('has two', async (t) => { await t.test('one', () => {}); await t.test('two', () => {}); });
test('browser 1', { skip: 'There is no browser.' }, () => {});
test('browser 2', (t) => t.skip('There is no browser.'));
test('odd', { skip: true }, () => {});
`,
  });
  const names = ['quick', 'slow', 'one', 'two', 'browser 1', 'browser 2', 'odd'];
  assert.deepEqual(done.map(({ name }) => name), names);
  assert.deepEqual(saySkipped(done), [
    'Skipped: 2 of a.test.mjs (There is no browser)',
    'Skipped: 1 of a.test.mjs (no reason)',
  ]);
  assert.match(saySlowest(done, 1).join(), /^Slowest: 0\.3 s {2}a\.test\.mjs, "slow"$/);
  assert.deepEqual(sayMissed(done, ['b']), []);
  assert.equal(
    sayMissed(done, ['a.'])[0],
    'A strict run skips nothing here, but skipped 2 of a.test.mjs (There is no browser).',
  );
});
