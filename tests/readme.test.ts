// Every command in every README is run, and what it shows is what is seen.
//
//   ```sh                   ──►  started on a free port, ended as by Ctrl+C
//   npm run lesson 4
//   ```
//   ```text                 ──►  these lines must be printed, in this order
//   Lesson 4, router …
//   ```
import assert from 'node:assert/strict';
import { describe, it, test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { portState } from '../lessons/classroom/port.ts';
import { findTests, named } from './find.ts';
import { readFiles } from './laws/files.ts';
import { examplesOf } from './laws/markdown.ts';
import { asShown, kindOf, needsNativeTypeScript, needsPort3000, runOn } from './readme/commands.ts';
import { notSeen, warningIn } from './readme/output.ts';
import { answersHttp, findFreePort, start, type Program } from './readme/program.ts';

type Shown = { at: string; command: string; output: string[] | undefined };

const files = readFiles(fileURLToPath(new URL('..', import.meta.url)));
const all = [...files].filter(([path]) => isRead(path)).flatMap(([path, text]) => commandsIn(path, text));
const ofKind = (...kinds: string[]) => all.filter(({ command }) => kinds.includes(kindOf(command)));

function isRead(path: string): boolean {
  return /^(README|lessons\/README|lessons\/\d\d-[^/]+\/README)\.md$/.test(path);
}

/** What a block shows is the output of its last command. */
function commandsIn(path: string, text: string): Shown[] {
  return examplesOf(text).flatMap(({ line, commands, output }) => commands.map((command, index) => ({
    at: `${path}, line ${line + 1 + index}`,
    command,
    output: index === commands.length - 1 ? output : undefined,
  })));
}

test('a README shows only commands that every reader has', () => {
  const sentences = ofKind('unknown').map(({ at, command }) =>
    `${at}: "${command}" begins with neither npm, node, git nor cd. Show a command that works on every system, one on each line.`);
  assert.deepEqual(sentences, []);
});

test('what a README does to the machine, .ci/run does on a fresh copy', () => {
  const done = (files.get('.ci/run') ?? '').split('\n').map((line) => line.trim());
  const sentences = ofKind('machine').map(({ at, command }) => ({ at, command, words: firstWords(command) }))
    .filter(({ words }) => !done.some((line) => line === words || line.startsWith(`${words} `)))
    .map(({ at, command, words }) => `${at}: "${command}" is not tried by anything. Let .ci/run do "${words}".`);
  assert.deepEqual(sentences, []);
});

function firstWords(command: string): string {
  return command.startsWith('cd ') ? 'cd' : command.split(' ').slice(0, 2).join(' ');
}

test('the words after "npm test" name tests', () => {
  const tests = findTests(fileURLToPath(new URL('.', import.meta.url)));
  const sentences = ofKind('machine').filter(({ command }) => command.startsWith('npm test'))
    .filter(({ command }) => named(tests, command.split(/\s+/).slice(2)).length === 0)
    .map(({ at, command }) => `${at}: "${command}" finds no test. There is: ${tests.join(', ')}.`);
  assert.deepEqual(sentences, []);
});

// One after the other where they meet: `try` sends its request to a lesson that runs.
describe('servers in the READMEs', { concurrency: 2 }, () => {
  for (const shown of ofKind('server').filter(({ command }) => !needsPort3000(command))) {
    it(`${shown.at}: ${shown.command}`, (t) => runServer(t, shown));
  }
});

describe('servers in the READMEs that need port 3000', () => {
  for (const shown of ofKind('server').filter(({ command }) => needsPort3000(command))) {
    it(`${shown.at}: ${shown.command}`, (t) => runOnPort3000(t, shown));
  }
});

describe('other commands in the READMEs', { concurrency: 2 }, () => {
  for (const shown of ofKind('program', 'compare')) {
    it(`${shown.at}: ${shown.command}`, (t) => runToEnd(t, shown));
  }
});

type Skipper = Pick<TestContext, 'skip'>;

async function runServer(t: Skipper, { at, command, output }: Shown): Promise<void> {
  if (cannotRun(command)) return t.skip('This Node does not run TypeScript by itself.');
  const port = await findFreePort();
  const run = runOn(port, command);
  const program = start(run.command, run.env);
  await watch(program, port, { at, command, output }, () => asShown(program.output(), port, run));
}

async function runOnPort3000(t: Skipper, shown: Shown): Promise<void> {
  if (cannotRun(shown.command)) return t.skip('This Node does not run TypeScript by itself.');
  if (await portState(3000) !== 'free') return t.skip('Port 3000 is taken, and this server listens nowhere else.');
  const program = start(shown.command, {});
  await watch(program, 3000, shown, program.output);
}

async function watch(program: Program, port: number, { at, command, output }: Shown, seen: () => string): Promise<void> {
  try {
    if (output) await program.until(() => notSeen(output, seen()) === undefined);
    else assert.ok(await answersHttp(port, program), `${at}: "${command}" does not answer HTTP. It printed:\n${seen()}`);
  } finally {
    await program.end();
  }
  check(at, command, output ?? [], seen());
}

async function runToEnd(t: Skipper, { at, command, output = [] }: Shown): Promise<void> {
  if (cannotRun(command)) return t.skip('This Node does not run TypeScript by itself.');
  const program = start(command, {});
  await program.until(() => false);
  await program.end();
  const status = await program.exited;
  const fine = status === 0 || (kindOf(command) === 'compare' && status === 1);
  assert.ok(fine, `${at}: "${command}" ended with status ${status}. It printed:\n${program.output()}`);
  check(at, command, output, program.output());
}

function cannotRun(command: string): boolean {
  const native = 'typescript' in process.features && process.features.typescript;
  return needsNativeTypeScript(command) && !native;
}

function check(at: string, command: string, output: string[], seen: string): void {
  const missing = notSeen(output, seen);
  assert.equal(missing, undefined, `${at}: "${command}" does not print what is shown. ${missing} It printed:\n${seen}`);
  const warning = warningIn(seen);
  assert.equal(warning, undefined, `${at}: "${command}" prints a warning: ${warning}`);
}
