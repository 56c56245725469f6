// What npm started ends with it: npm, its shell or the launcher is killed, or the terminal is
// closed, and nothing is left on the port.
//
//   npm run lesson 1 port 0  ──►  npm ─ sh ─ launcher ─ server
//   kill -9 npm              ──►  launcher and server are gone a moment later
//
// The ids come from the system's own list, so a test sees what a person sees with `ps`.

import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { root as project } from '../lessons/classroom/course.ts';
import { portState } from '../lessons/classroom/port.ts';

const folders: string[] = [];
const started = new Set<number>();

after(() => {
  for (const id of started) if (isRunning(id)) process.kill(id, 'SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
});

// Its last word shows that it was asked to end, and not only killed.
const server = `
import { writeSync } from 'node:fs';
import { createServer } from 'node:http';
const server = createServer((_request, response) => response.end('order 42'));
server.listen(Number(process.env.PORT || 3000), '127.0.0.1', () => {
  console.log('process ' + process.pid);
});
process.on('SIGTERM', () => {
  writeSync(1, 'SIGTERM\\n');
  process.exit();
});
`;

function makeCourse(): string {
  const root = mkdtempSync(join(tmpdir(), 'ends-'));
  folders.push(root);
  const classroom = 'lessons/classroom';
  const filter = (name: string) => !name.includes('.running');
  cpSync(join(project, classroom), join(root, classroom), { recursive: true, filter });
  mkdirSync(join(root, 'lessons/01-hello'));
  writeFileSync(join(root, 'lessons/01-hello/README.md'), '# 01 hello: the café says hello\n');
  writeFileSync(join(root, 'lessons/01-hello/server.ts'), server);
  writeFileSync(join(root, 'server.ts'), server);
  const { type, scripts } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  writeFileSync(join(root, 'package.json'), JSON.stringify({ type, scripts }));
  const modules = join(project, 'node_modules');
  if (existsSync(modules)) symlinkSync(modules, join(root, 'node_modules'), 'junction');
  return root;
}

/** Milliseconds. Far more than is needed, on a machine that is busy with something else too. */
const patience = 45_000;

async function until(what: string, isSo: () => boolean): Promise<void> {
  const end = Date.now() + patience;
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`Waited ${patience / 1000} seconds for: ${what}`);
    await pause(50);
  }
}

type Process = { id: number; parent: number; state: string };

function processes(): Process[] {
  const words = ['-A', '-o', 'pid=,ppid=,state='];
  const lines = spawnSync('ps', words, { encoding: 'utf8' }).stdout.trim().split('\n');
  return lines.map((line) => {
    const [id, parent, state = ''] = line.trim().split(/\s+/);
    return { id: Number(id), parent: Number(parent), state };
  });
}

// A zombie has ended: its parent only has not asked yet how.
function isRunning(id: number): boolean {
  return processes().some((one) => one.id === id && !one.state.startsWith('Z'));
}

type Started = { child: ChildProcess; output(): string; root: string };

/** In a session of its own, as in a terminal of its own. */
function start(root: string, program: string, ...words: string[]): Started {
  const child = spawn(program, words, { cwd: root, env: environment(), detached: true });
  started.add(child.pid!);
  let written = '';
  for (const pipe of [child.stdout, child.stderr]) {
    pipe.setEncoding('utf8').on('data', (text) => { written += text; });
  }
  return { child, root, output: () => written };
}

const ofTheseTests = /^(npm_.*|NODE_TEST_CONTEXT|PORT|HOST|CLASSROOM_DATA|FORCE_COLOR)$/i;

function environment(): NodeJS.ProcessEnv {
  const all = Object.entries(process.env);
  const inherited = Object.fromEntries(all.filter(([name]) => !ofTheseTests.test(name)));
  return { ...inherited, NO_COLOR: '1', npm_config_update_notifier: 'false' };
}

type Line = { npm: number; shell: number; launcher: number; server: number; port: number };

/** The server says its own id; those above it are found from there. */
async function lineOf({ output }: Started, lastWords: string): Promise<Line> {
  await until(lastWords, () => output().includes(lastWords));
  const all = processes();
  const above = (id: number) => all.find((one) => one.id === id)?.parent ?? 0;
  const id = Number(/process (\d+)/.exec(output())?.[1]);
  const launcher = above(id);
  const shell = above(launcher);
  const port = Number(/localhost:(\d+)/.exec(output())?.[1] ?? 0);
  started.add(launcher).add(id);
  return { npm: above(shell), shell, launcher, server: id, port };
}

async function assertGone({ launcher, server, port }: Line): Promise<void> {
  await until('the end of the launcher', () => !isRunning(launcher));
  await until('the end of the server', () => !isRunning(server));
  started.delete(launcher);
  started.delete(server);
  if (port > 0) assert.equal(await portState(port), 'free');
}

function notesIn(root: string): string[] {
  return readdirSync(join(root, 'lessons/classroom/.running'));
}

/** A shell that stays between npm and the launcher, as dash does and bash does not. */
function makeShell(root: string): string {
  const file = join(root, 'shell.sh');
  writeFileSync(file, '#!/bin/sh\nsh "$@"\nexit $?\n', { mode: 0o755 });
  return file;
}

const isWindows = process.platform === 'win32';
const unix = { skip: isWindows && 'Windows sends no such signal, and has no ps' };
const atOnce = { concurrency: 4, ...unix };

/** `script` opens a terminal; that of macOS takes other words. */
const opensTerminals = /util-linux/.test(String(spawnSync('script', ['--version']).stdout));
const terminal = { skip: !opensTerminals && 'there is no program "script" of util-linux' };

describe('npm run lesson', atOnce, () => {
  const lesson1 = ['run', 'lesson', '1', 'port', '0'];
  const hint = 'npm run try 1';
  const stopped = 'SIGTERM\nLesson 1, hello has stopped.\n';

  for (const signal of ['SIGKILL', 'SIGTERM', 'SIGHUP'] as const) {
    test(`ends with its server when npm gets ${signal}`, async () => {
      const lesson = start(makeCourse(), 'npm', ...lesson1);
      const line = await lineOf(lesson, hint);
      lesson.child.kill(signal);
      await assertGone(line);
      await until('its last words', () => lesson.output().endsWith(stopped));
      assert.deepEqual(notesIn(lesson.root), []);
    });
  }

  test('ends with its server when the shell below npm is killed', async () => {
    const root = makeCourse();
    const lesson = start(root, 'npm', `--script-shell=${makeShell(root)}`, ...lesson1);
    const line = await lineOf(lesson, hint);
    assert.notEqual(line.shell, lesson.child.pid);
    process.kill(line.shell, 'SIGKILL');
    await assertGone(line);
    // The outer shell says "Killed": before these two lines, between them or after them.
    const said = () => lesson.output().replace('Killed\n', '');
    await until('its last words', () => said().endsWith(stopped));
  });

  test('leaves no server behind when the launcher is killed', async () => {
    const lesson = start(makeCourse(), 'npm', ...lesson1);
    const line = await lineOf(lesson, hint);
    process.kill(line.launcher, 'SIGKILL');
    await assertGone(line);
    await until('the end of npm', () => !isRunning(lesson.child.pid!));
  });

  test('ends when its terminal is closed: SIGHUP for every process', async () => {
    const lesson = start(makeCourse(), 'npm', ...lesson1);
    const line = await lineOf(lesson, hint);
    process.kill(-lesson.child.pid!, 'SIGHUP');
    await assertGone(line);
    assert.deepEqual(notesIn(lesson.root), []);
  });

  test('ends when the program behind its terminal is killed', terminal, async () => {
    const lesson = start(makeCourse(), 'script', '-qec', `npm ${lesson1.join(' ')}`, '/dev/null');
    const line = await lineOf(lesson, hint);
    lesson.child.kill('SIGKILL');
    await assertGone(line);
    await until('the end of npm', () => !isRunning(line.npm));
  });
});

describe('npm start, npm run cafe and npm run lesson 1 raw', atOnce, () => {
  const rows: [words: string[], lastWords: string][] = [
    [['start', 'port', '0'], 'npm run lesson lists'],
    [['run', 'cafe', 'port', '0'], 'npm run lesson lists'],
    [['run', 'lesson', '1', 'raw'], 'process '],
  ];
  for (const [words, lastWords] of rows) {
    test(`npm ${words.join(' ')} ends when npm is killed`, async () => {
      const command = start(makeCourse(), 'env', 'PORT=0', 'npm', ...words);
      const line = await lineOf(command, lastWords);
      command.child.kill('SIGKILL');
      await assertGone(line);
      assert.deepEqual(notesIn(command.root), []);
    });
  }
});

describe('a program that outlives its parent on purpose', atOnce, () => {
  const byNpm = 'npm run lesson 1 port 0';
  const byHand = `"${process.execPath}" lessons/classroom/launch.js lesson 1 port 0`;
  const rows: [how: string, script: string][] = [
    ['npm, with nohup, in a script that ends at once', `nohup ${byNpm} &`],
    ['npm, with "&", in a script that is killed later', `${byNpm} & wait`],
    ['the launcher by hand, with nohup, in a script that ends at once', `nohup ${byHand} &`],
    ['the launcher by hand, with "&", in a script that is killed later', `${byHand} & wait`],
  ];
  for (const [how, script] of rows) {
    test(`goes on: ${how}`, async () => {
      const shell = start(makeCourse(), 'sh', '-c', script);
      const line = await lineOf(shell, 'npm run try 1');
      if (shell.child.exitCode === null) shell.child.kill('SIGKILL');
      await until('the end of the script', () => !isRunning(shell.child.pid!));
      await pause(1500); // six looks, if anybody looked
      const answer = await fetch(`http://127.0.0.1:${line.port}`);
      assert.equal(await answer.text(), 'order 42');
      process.kill(line.launcher, 'SIGTERM');
      await assertGone(line);
    });
  }
});

// The question that Windows is asked, on every system: is there still a process of that id?
test('endWithParent() notices on Windows that its parent is gone', unix, async () => {
  const root = makeCourse();
  const classroom = pathToFileURL(join(root, 'lessons/classroom')).href;
  writeFileSync(join(root, 'child.mjs'), [
    `await import('${classroom}/types.js');`,
    `const { endWithParent } = await import('${classroom}/parent.ts');`,
    `Object.defineProperty(process, 'platform', { value: 'win32' });`,
    `endWithParent();`,
    `setInterval(() => {}, 1000);`,
    `process.on('SIGHUP', (signal) => { console.log(signal); process.exit(); });`,
    `console.log('process ' + process.pid);`,
  ].join('\n'));
  const begin = `child_process.spawn(process.execPath, ['child.mjs'], { stdio: 'inherit' })`;
  const script = 'npm_lifecycle_script=node lessons/classroom/launch.js lesson';
  const parent = start(root, 'env', script, process.execPath, '-e', begin);
  await until('its id', () => parent.output().endsWith('\n'));
  const child = Number(/process (\d+)\n/.exec(parent.output())?.[1]);
  started.add(child);
  await pause(1000); // four looks
  assert.ok(isRunning(child), 'it lives while its parent does');
  parent.child.kill('SIGKILL');
  await until('the end of the child', () => !isRunning(child));
  await until('its last word', () => parent.output() === `process ${child}\nSIGHUP\n`);
});
