// The test runner: which files run, and does the whole run count as passed?
//
//   npm test router  ──►  tests/… router ….test.ts  ──►  ✔ or ✖, exit status 0 or 1
//   npm test strict  ──►  all of them, none skipped that .ci/run can run, and the slowest ten
//
// `node --test` alone will not do: on Node 20 it finds no .ts file and calls that a success.
// The launcher imports this file, so process.argv is [node, launcher, 'test', ...words].
import { setMaxListeners } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { isNative, typescriptFlags } from '../lessons/classroom/start.ts';
import { findTests, named } from './find.ts';
import { listFiles } from './laws/files.ts';
import { followTests, sayMissed, saySkipped, saySlowest } from './report.ts';
import { endSilent } from './silence.ts';

/** Milliseconds, for a file and for all. A file that hangs is ended long before (silence.ts). */
const patience = { oneTest: 900_000, everything: 1_800_000 };

/** One more than there are cores, since some test always waits for something. */
const atOnce = Math.min(availableParallelism() + 1, 4);

/** They begin first, so that no core waits at the end for a single one. */
const longest = [
  'exercises', 'guide', 'check', 'readme', 'browser/', 'replay', 'db-crash', 'classroom',
];

/** What a strict run must not skip: the tests that need a browser. */
const needed = ['tests/browser/'];

const root = fileURLToPath(new URL('..', import.meta.url));
const all = findTests(root);
const strict = process.argv[3] === 'strict';
const words = process.argv.slice(strict ? 4 : 3);
const chosen = named(all, words);

if (chosen.length === 0) {
  console.error(nothingFits(words, all));
  process.exitCode = 1;
} else {
  startQuickly();
  await readTypeScript();
  runFiles(longestFirst(chosen).map((path) => join(root, path)));
}

function longestFirst(paths: string[]): string[] {
  const isLong = (path: string, word: string) => path.startsWith(`tests/${word}`);
  const long = longest.flatMap((word) => paths.filter((path) => isLong(path, word)));
  return [...new Set([...long, ...paths])];
}

function runFiles(files: string[]): void {
  const limits = { timeout: patience.oneTest, signal: endOfPatience(files.length) };
  const tests = run({ files, concurrency: atOnce, ...limits })
    .on('test:fail', () => { process.exitCode = 1; })
    .on('test:pass', ({ name }) => refuseEmpty(name));
  endSilent(tests, files, root);
  const done = followTests(tests, root);
  const shown = tests.pipe(new spec());
  shown.on('end', () => sayMore(done)).pipe(process.stdout);
}

/** Each file listens to it, and so does the whole run. From eleven on, Node 20 suspects a leak. */
function endOfPatience(files: number): AbortSignal {
  const signal = AbortSignal.timeout(patience.everything);
  setMaxListeners(files + 1, signal);
  return signal;
}

function sayMore(done: ReturnType<typeof followTests>): void {
  const missed = strict ? sayMissed(done, needed) : [];
  if (missed.length > 0) process.exitCode = 1;
  const lines = [...saySkipped(done), ...(strict ? saySlowest(done) : []), ...missed];
  if (lines.length > 0) console.log(`\n${lines.join('\n')}`);
}

/** A file without a single test is reported as one passed test with the file's name. */
function refuseEmpty(name: string): void {
  if (!name.endsWith('.test.ts')) return;
  console.error(`${name} holds no test. Write one, or take the file away.`);
  process.exitCode = 1;
}

/** Each file runs in a process of its own, which is given this process's options. */
async function readTypeScript(): Promise<void> {
  process.execArgv.push(...typescriptFlags());
  if (!isNative() && words.length === 0) await takeTypesOut();
}

/** Of all files at once: that takes a second. Each program for itself would take longer. */
async function takeTypesOut(): Promise<void> {
  const { load } = await import(new URL('../lessons/classroom/plain.js', import.meta.url).href);
  const paths = listFiles(root).filter((path) => path.endsWith('.ts'));
  const urls = paths.map((path) => pathToFileURL(join(root, path)).href);
  await Promise.allSettled(urls.map((url) => load(url)));
}

/** Some thousand programs are started. Where a test needs a dear password, it says so itself. */
function startQuickly(): void {
  process.env.PASSWORD_COST ??= '1024';
  // Node 20 reads it at each start, and no test asks a server elsewhere.
  delete process.env.NODE_EXTRA_CA_CERTS;
}

function nothingFits(words: string[], all: string[]): string {
  const names = all.map((path) => `  ${path.replace('.test.ts', '')}`).join('\n');
  if (all.length === 0) return 'There is no test: no file below tests/ or lessons/ ends in .test.ts.';
  return `No test file has "${words.join('" or "')}" in its path. There is:\n${names}`;
}
