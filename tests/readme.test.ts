// Every command in every README is run, and what it shows is what is seen.
//
//   ```sh                   ──►  started on a free port; runs on until the page ends
//   npm run lesson 4             or starts another, as it would for a reader
//   npm run try 4 2         ──►  asks that server
//   ```
//   ```text                 ──►  these lines must be printed, in this order
//   Lesson 4, router …
//   ```
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { portState } from '../lessons/classroom/port.ts';
import { isNative } from '../lessons/classroom/start.ts';
import { findTests, named } from './find.ts';
import { readFiles } from './laws/files.ts';
import { examplesOf } from './laws/markdown.ts';
import { asShown, kindOf, needsNativeTypeScript, needsPort3000, runOn, withoutNpm } from './readme/commands.ts';
import { notSeen, warningIn } from './readme/output.ts';
import { answersHttp, findFreePort, start, type Program } from './readme/program.ts';

type Shown = { path: string; at: string; command: string; output: string[] | undefined };

const files = readFiles(fileURLToPath(new URL('..', import.meta.url)));
const all = [...files].filter(([path]) => isRead(path)).flatMap(([path, text]) => commandsIn(path, text));
const ofKind = (...kinds: string[]) => all.filter(({ command }) => kinds.includes(kindOf(command)));

function isRead(path: string): boolean {
  if (path === '.github/CONTRIBUTING.md') return true;
  return /^(README|tests\/README|lessons\/README|lessons\/\d\d-[^/]+\/README(-2)?)\.md$/.test(path);
}

/** What a block shows is the output of its last command. */
function commandsIn(path: string, text: string): Shown[] {
  return examplesOf(text).flatMap(({ line, commands, output }) => commands.map((command, index) => ({
    path,
    at: `line ${line + 1 + index}`,
    command,
    output: index === commands.length - 1 ? output : undefined,
  })));
}

test('a README shows only commands that every reader has', () => {
  const sentences = ofKind('unknown').map(({ path, at, command }) =>
    `${path}, ${at}: "${command}" begins with neither npm, node, git nor cd. Show a command that works on every system, one on each line.`);
  assert.deepEqual(sentences, []);
});

test('what a README does to the machine, .ci/run does on a fresh copy', () => {
  const done = (files.get('.ci/run') ?? '').split('\n').map((line) => line.trim());
  const sentences = ofKind('machine').map(({ path, at, command }) => ({ at: `${path}, ${at}`, command, words: firstWords(command) }))
    .filter(({ words }) => !done.some((line) => line === words || line.startsWith(`${words} `)))
    .map(({ at, command, words }) => `${at}: "${command}" is not tried by anything. Let .ci/run do "${words}".`);
  assert.deepEqual(sentences, []);
});

function firstWords(command: string): string {
  return command.startsWith('cd ') ? 'cd' : command.split(' ').slice(0, 2).join(' ');
}

test('the words after "npm test" name tests', () => {
  const tests = findTests(fileURLToPath(new URL('..', import.meta.url)));
  const sentences = ofKind('machine').filter(({ command }) => command.startsWith('npm test'))
    .filter(({ command }) => named(tests, command.split(/\s+/).slice(2)).length === 0)
    .map(({ path, at, command }) => `${path}, ${at}: "${command}" finds no test. There is: ${tests.join(', ')}.`);
  assert.deepEqual(sentences, []);
});

type Page = { path: string; server: Program | undefined; start(command: string, env?: Record<string, string>): Program };

// As a reader does it: from top to bottom, and a server that was started runs on until the next one.
// npm is tried by the pages above the lessons; those of the lessons do what it would do.
const pages = [...new Set(all.map(({ path }) => path))];
const lessonPages = pages.filter((path) => /^lessons\/\d\d-/.test(path));
const { scripts } = JSON.parse(files.get('package.json')!);

describe('the READMEs above the lessons', () => {
  for (const path of pages.filter((each) => !lessonPages.includes(each))) test(path, (t) => readPage(t, path));
});

describe('the READMEs of the lessons', { concurrency: 2 }, () => {
  for (const path of lessonPages) test(path, (t) => readPage(t, path));
});

async function readPage(t: TestContext, path: string): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'readme-'));
  const page: Page = { path, server: undefined, start: (command, env = {}) => startIn(data, lessonPages.includes(path) ? withoutNpm(command, scripts) : command, env) };
  for (const shown of all.filter((each) => each.path === path)) {
    const run = { server: startOnPage, program: runToEnd, compare: runToEnd, machine: undefined, unknown: undefined }[kindOf(shown.command)];
    if (run) await t.test(`${shown.at}: ${shown.command}`, (step) => run(step, shown, page));
  }
  await page.server?.end();
  rmSync(data, { recursive: true, force: true, maxRetries: 5 });
}

// What a reader has stored stays as it is, and a page finds the sample data.
function startIn(data: string, command: string, env: Record<string, string>): Program {
  return start(command, { ...env, CLASSROOM_DATA: data });
}

async function startOnPage(t: TestContext, shown: Shown, page: Page): Promise<void> {
  await page.server?.end();
  page.server = undefined;
  if (cannotRun(shown.command)) return t.skip('This Node does not run TypeScript by itself.');
  const port = needsPort3000(shown.command) ? 3000 : await findFreePort();
  if (port === 3000 && await portState(port) !== 'free') return t.skip('Port 3000 is taken, and this server listens nowhere else.');
  const run = runOn(port, shown.command);
  page.server = page.start(port === 3000 ? shown.command : run.command, run.env);
  await watch(page.server, port, shown, () => asShown(page.server!.output(), port, run));
}

async function watch(program: Program, port: number, { at, command, output }: Shown, seen: () => string): Promise<void> {
  if (output) await program.until(() => notSeen(output, seen()) === undefined);
  else assert.ok(await answersHttp(port, program), `${at}: "${command}" does not answer HTTP. It printed:\n${seen()}`);
  check(at, command, output ?? [], seen());
}

async function runToEnd(t: TestContext, { at, command, output = [] }: Shown, page: Page): Promise<void> {
  if (cannotRun(command)) return t.skip('This Node does not run TypeScript by itself.');
  const program = page.start(command);
  await program.until(() => false);
  await program.end();
  const status = await program.exited;
  const fine = status === 0 || (kindOf(command) === 'compare' && status === 1);
  assert.ok(fine, `${at}: "${command}" ended with status ${status}. It printed:\n${program.output()}`);
  check(at, command, output, program.output());
}

function cannotRun(command: string): boolean {
  return needsNativeTypeScript(command) && !isNative();
}

function check(at: string, command: string, output: string[], seen: string): void {
  const missing = notSeen(output, seen);
  assert.equal(missing, undefined, `${at}: "${command}" does not print what is shown. ${missing} It printed:\n${seen}`);
  const warning = warningIn(seen);
  assert.equal(warning, undefined, `${at}: "${command}" prints a warning: ${warning}`);
}
