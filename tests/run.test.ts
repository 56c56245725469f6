// The test runner itself, tried on a small project with a dozen test files.
//
//   npm test  ──►  tests/run.ts runs 12 files  ──►  12 passed, nothing on stderr
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isNative } from '../lessons/classroom/start.ts';

const project = fileURLToPath(new URL('..', import.meta.url));
const runner = [
  'lessons/classroom', 'tests/run.ts', 'tests/find.ts', 'tests/report.ts', 'tests/silence.ts',
  'tests/laws/files.ts',
];
const passes = "import test from 'node:test';\ntest('order 42', () => {});\n";

function makeProject(t: TestContext, tests: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'run-'));
  t.after(() => rmSync(root, { recursive: true, force: true, maxRetries: 10 }));
  for (const path of runner) cpSync(join(project, path), join(root, path), { recursive: true });
  write(root, 'package.json', '{ "type": "module" }');
  for (const [path, text] of Object.entries(tests)) write(root, path, text);
  const modules = [join(project, 'node_modules'), join(root, 'node_modules')] as const;
  if (!isNative()) symlinkSync(...modules, 'junction');
  return root;
}

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function npmTest(root: string, ...words: string[]) {
  const { NODE_TEST_CONTEXT, ...env } = process.env;
  const launcher = join(root, 'lessons/classroom/launch.js');
  return spawnSync(process.execPath, [launcher, 'test', ...words], { env, encoding: 'utf8' });
}

test('npm test runs a dozen files without a warning', (t) => {
  const names = Array.from({ length: 12 }, (_, index) => `tests/order-${index}.test.ts`);
  const root = makeProject(t, Object.fromEntries(names.map((name) => [name, passes])));
  const { status, stdout, stderr } = npmTest(root);
  assert.match(stdout, /^ℹ pass 12$/m);
  assert.equal(stderr, '');
  assert.equal(status, 0);
});

test('npm test refuses a file that holds no test', (t) => {
  const root = makeProject(t, { 'tests/empty.test.ts': 'export {};\n' });
  const { status, stderr } = npmTest(root);
  assert.match(stderr, /empty\.test\.ts holds no test\. Write one, or take the file away\./);
  assert.equal(status, 1);
});

test('npm test says which files there are when no path has the word', (t) => {
  const root = makeProject(t, { 'tests/order.test.ts': passes });
  const { status, stderr } = npmTest(root, 'tea');
  const sentence = 'No test file has "tea" in its path. There is:\n  tests/order\n';
  assert.deepEqual({ status, stderr }, { status: 1, stderr: sentence });
});
