// The tools of the classroom, tried as a learner uses them: real processes in a small course of
// their own, made anew for each test.
//
//   makeCourse()  ──►  /tmp/course-Xy12/lessons/{01-hello,02-reply,classroom}

import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { setAside } from '../lessons/classroom/commands/fresh.ts';
import { run as tryRequest } from '../lessons/classroom/commands/try.ts';
import { tryToWrite } from '../lessons/classroom/commands/doctor.ts';
import { findLesson, readCourse, root as project } from '../lessons/classroom/course.ts';
import { judge, summary, type Facts } from '../lessons/classroom/judge.ts';
import { portState } from '../lessons/classroom/port.ts';
import { brokenPromises, readRequests, sendRequest, type Exchange } from '../lessons/classroom/requests.ts';
import { findRunning, findRunningOn, forgetRunning, noteRunning, wayToEnd } from '../lessons/classroom/running.ts';
import { showExchange } from '../lessons/classroom/show.ts';
import { watchFolders } from '../lessons/classroom/watch.ts';
import { isNative, startServer } from '../lessons/classroom/start.ts';
import { readWords } from '../lessons/classroom/words.ts';

const folders: string[] = [];
const children: ChildProcess[] = [];

after(() => {
  for (const child of children) child.kill('SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
});

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'course-'));
  folders.push(folder);
  return folder;
}

const hello = `
import { createServer } from 'node:http';
createServer((_request, response) => {
  response.write('Hello from the backend!');
  response.end();
}).listen(3000);
`;

const reply = `
import { createServer, type Server } from 'node:http';
const server: Server = createServer((request, response) => {
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.end('Order 42: a flat white for ' + (request.headers['x-guest'] ?? 'nobody'));
});
server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log('Listening, data in ' + process.env.DATA_DIR);
});
`;

const requests = `@host = http://localhost:3000
@secret =

### The order
# → 200, "a flat white for ada", content-type: "text/plain"
GET {{host}}/orders/42
X-Guest: ada

### A broken promise
# → 404, "tea"
GET {{host}}/orders/43

### Mine
# → 200
GET {{host}}/mine
Authorization: Bearer {{token}}
`;

const folderOfClassroom = join(project, 'lessons', 'classroom');

function makeCourse({ tsx = true } = {}): string {
  const root = makeFolder();
  cpSync(folderOfClassroom, join(root, 'lessons', 'classroom'), { recursive: true, filter: (name) => !name.includes('.running') });
  write(root, 'package.json', '{ "type": "module" }');
  write(root, 'server.ts', reply);
  write(root, 'lessons/01-hello/README.md', '# 01 hello: the café says hello\n\nText.\n');
  write(root, 'lessons/01-hello/server.ts', hello);
  write(root, 'lessons/02-reply/README.md', '# 02 reply: the café shows a page\n');
  write(root, 'lessons/02-reply/server.ts', reply);
  write(root, 'lessons/02-reply/requests.http', requests);
  if (tsx && existsSync(join(project, 'node_modules'))) symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'), 'junction');
  return root;
}

function write(root: string, path: string, text: string): void {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
}

type Command = { child: ChildProcess; output(): string; until(text: string): Promise<void>; end(): Promise<Ended> };
type Ended = { status: number | null; signal: string | null; stdout: string; stderr: string };

/** Milliseconds. Far more than is needed, on a machine that is busy with something else too. */
const patience = 45_000;

// A child that hangs fails its test with what it wrote, and does not hang the run.
function start(root: string, words: string[], { flags = [], env = {} }: { flags?: string[]; env?: NodeJS.ProcessEnv } = {}): Command {
  const { NODE_TEST_CONTEXT, PORT, ...inherited } = process.env;
  const child = spawn(process.execPath, [...flags, join(root, 'lessons/classroom/launch.js'), ...words], { cwd: root, env: { ...inherited, ...env } });
  children.push(child);
  const written = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => { written.stdout += text; });
  child.stderr.setEncoding('utf8').on('data', (text) => { written.stderr += text; });
  const ended = once(child, 'close').then(([status, signal]) => ({ status, signal, ...written }));
  const output = () => written.stdout + written.stderr;
  return { child, output, end: () => inTime(ended, output), until: (text) => inTime(untilWritten(child, output, text), output, text) };
}

function untilWritten(child: ChildProcess, output: () => string, text: string): Promise<void> {
  return new Promise((resolve) => {
    const look = () => { if (output().includes(text)) resolve(); };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    look();
  });
}

function inTime<T>(promise: Promise<T>, output: () => string, what = 'its end'): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`Waited ${patience / 1000} seconds for: ${what}. It wrote: ${output()}`)), patience);
    promise.then(resolve, reject).finally(() => clearTimeout(late));
  });
}

const run = (root: string, ...words: string[]) => start(root, words).end();

function portIn(text: string): number {
  return Number(/http:\/\/localhost:(\d+)/.exec(text)?.[1]);
}

async function get(port: number, path = '/'): Promise<string> {
  return (await fetch(`http://127.0.0.1:${port}${path}`)).text();
}

async function holdPort(): Promise<{ port: number; server: Server }> {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, server };
}

async function withHttp(handler: RequestListener, act: (url: string) => Promise<void>): Promise<void> {
  const server = createServer(handler).listen(0, '127.0.0.1');
  await once(server, 'listening');
  await act(`http://127.0.0.1:${(server.address() as AddressInfo).port}`).finally(() => {
    server.close();
    server.closeAllConnections();
  });
}

const onlyWithSignals = process.platform === 'win32' ? { skip: 'Windows sends no such signal to one process' } : {};

describe('the launcher', { concurrency: 3 }, () => {
  for (const version of ['v12.22.9', 'v18.20.4', 'v20.14.0', 'v21.7.3', 'v22.1.0']) {
    test(`says to Node ${version} in one sentence what it needs`, async () => {
      const root = makeCourse();
      write(root, 'old.cjs', `Object.defineProperty(process, 'version', { value: '${version}' });`);
      assert.deepEqual(await start(root, ['lesson'], { flags: ['--require', join(root, 'old.cjs')] }).end(), {
        status: 1,
        signal: null,
        stdout: '',
        stderr: `This is Node ${version}, and the course needs 20.15, 22.2 or newer; 24 or 26 is best. Get it from https://nodejs.org and run the command again.\n`,
      });
    });
  }

  test('says that tsx is missing where Node cannot run TypeScript', async () => {
    const root = makeCourse({ tsx: false });
    const flags = isNative() ? ['--no-experimental-strip-types'] : [];
    const { status, stderr } = await start(root, ['lesson'], { flags }).end();
    assert.equal(stderr, `Node ${process.version} cannot run TypeScript by itself: run "npm install" once, or use Node 22.18 or newer, which needs nothing installed (https://nodejs.org).\n`);
    assert.equal(status, 1);
  });

  test('needs nothing installed where Node runs TypeScript', { skip: !isNative() && 'this Node does not' }, async () => {
    const { status, stdout, stderr } = await run(makeCourse({ tsx: false }), 'try', '2', '1');
    assert.deepEqual([status, stderr], [0, '']);
    assert.ok(stdout.endsWith('✔ This is what requests.http promises.\n'));
  });

  test('help shows all commands on one screen', async () => {
    const { status, stdout } = await run(makeCourse(), 'help');
    const lines = stdout.trimEnd().split('\n');
    assert.equal(status, 0);
    assert.ok(lines.length <= 23 && lines.every((line) => line.length <= 80), stdout);
    const launched = readFileSync(join(project, 'lessons/classroom/launch.js'), 'utf8');
    const [, names = ''] = /const commands = \{([^}]*)\}/.exec(launched) ?? [];
    const missing = [...names.matchAll(/(\w+):/g)].map(([, name]) => name!)
      .filter((name) => !['start', 'help'].includes(name))
      .filter((name) => !new RegExp(`^  (.*, )?${name}\\b`, 'm').test(stdout));
    assert.deepEqual(missing, []);
  });

  test('names the nearest command, and help, when it does not know one', async () => {
    const all = ' All commands: npm run help\n';
    for (const [words, said] of [
      [['lessn'], '"lessn". Did you mean "lesson"?'], [['chekc'], '"chekc". Did you mean "check"?'],
      [['pizza'], '"pizza".'], [['xy'], '"xy".'], [[], 'without a name.'],
    ] as const) {
      const { status, stderr } = await run(makeCourse(), ...words);
      assert.deepEqual([status, stderr], [1, `There is no command ${said}${all}`]);
    }
  });

  test('keeps the stack of an error that is a bug', async () => {
    const root = makeCourse();
    write(root, 'lessons/classroom/commands/doctor.ts', `export function run() { throw new TypeError('a bug'); }`);
    const { status, stderr } = await run(root, 'doctor');
    assert.equal(status, 1);
    assert.match(stderr, /TypeError: a bug\n +at /);
  });

  test('hands the words after "test" to tests/run.ts', async () => {
    const root = makeCourse();
    write(root, 'tests/run.ts', `console.log(process.argv.slice(3).join('+')); process.exitCode = 3;`);
    const { status, stdout } = await run(root, 'test', 'router', 'law');
    assert.deepEqual([status, stdout], [3, 'router+law\n']);
  });
});

describe('npm run lesson', { concurrency: 3 }, () => {
  test('lists the course and says what is not built yet', async () => {
    const { status, stdout } = await run(makeCourse(), 'lesson');
    assert.equal(stdout, [
      'The lessons:',
      '',
      '   0  start  what you need before you start (a text: lessons/README.md)',
      '   1  hello  the café says hello',
      '   2  reply  the café shows a page',
      '',
      'Lessons 3 to 25 are not built yet (25 in all).',
      'Begin with: npm run lesson 1',
      '',
    ].join('\n'));
    assert.equal(status, 0);
  });

  test('finds a lesson by number, by name and by folder', () => {
    const course = readCourse(makeCourse());
    for (const word of ['2', '02', 'reply', 'Reply', '02-reply']) assert.equal(findLesson(course, word).id, '02');
  });

  test('says which lessons there are when it does not know one', async () => {
    const there = 'There are: 1 hello, 2 reply.\n';
    const root = makeCourse();
    assert.deepEqual(await run(root, 'lesson', '40'), { status: 1, signal: null, stdout: '', stderr: `There is no lesson "40". ${there}` });
    const find = (word: string) => () => findLesson(readCourse(root), word);
    assert.throws(find('rotuer'), { name: 'Advice', message: `There is no lesson "rotuer". ${there}`.trim() });
    assert.throws(find('7'), { message: `Lesson 7 is not built yet. ${there}`.trim() });
    assert.throws(find('00'), { message: 'Lesson 0 is a text to read, with no server in it: open lessons/README.md.' });
  });

  test('says that lesson 0 is a text', async () => {
    const { status, stdout } = await run(makeCourse(), 'lesson', '0');
    assert.deepEqual([status, stdout], [0, 'Lesson 0 is a text to read, with no server in it: open lessons/README.md.\n']);
  });

  test('says which words mean something after the lesson', () => {
    const command = 'npm run lesson 2';
    const way = `Write: ${command}, or ${command} raw, or ${command} port 3001.`;
    const port = (was: string) => `A port is a whole number from 1 to 65535 (0 takes any free one), but it was "${was}". For example: ${command} port 3001`;
    assert.deepEqual(readWords(['port', '3001'], command), { raw: false, port: 3001 });
    assert.deepEqual(readWords(['raw'], command), { raw: true, port: undefined });
    assert.throws(() => readWords(['rwa'], command), { name: 'Advice', message: `"rwa" means nothing here. ${way}` });
    assert.deepEqual(readWords(['raw', 'port', '3001'], command), { raw: true, port: 3001 });
    assert.deepEqual(readWords(['port', '3001', 'raw'], command), { raw: true, port: 3001 });
    assert.throws(() => readWords(['raw', 'raw'], command), { message: `"raw raw" means nothing here. ${way}` });
    for (const was of ['', '65536', '3e3', '-1']) assert.throws(() => readWords(['port', was], command), { message: port(was) });
    assert.throws(() => readWords(['port'], command), { message: port('') });
  });

  test('does not move a raw program that names its port itself', async () => {
    const { status, stderr } = await run(makeCourse(), 'lesson', '1', 'raw', 'port', '3001');
    assert.equal(status, 1);
    assert.match(stderr, /^This program says itself at which port it listens, .* npm run lesson 1 port 3001\n$/);
  });

  test('moves lesson 1, whose listen(3000) knows no port, and says where it is', async () => {
    const root = makeCourse();
    const lesson = start(root, ['lesson', '1', 'port', '0']);
    await lesson.until('npm run try 1\n');
    const port = portIn(lesson.output());
    assert.equal(lesson.output(), `Lesson 1, hello: http://localhost:${port}   (Ctrl+C stops it; a save restarts it)\nIn a second terminal: npm run try 1\n`);
    assert.equal(await get(port), 'Hello from the backend!');
  });

  test('leaves nothing behind after Ctrl+C', onlyWithSignals, async () => {
    await Promise.all((['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map(async (signal) => {
      const root = makeCourse();
      const lesson = start(root, ['lesson', '2', 'port', '0']);
      await lesson.until('npm run try 2\n');
      const port = portIn(lesson.output());
      assert.deepEqual(JSON.parse(readFileSync(join(root, `lessons/classroom/.running/02-${lesson.child.pid}.json`), 'utf8')), { lesson: '02', url: `http://localhost:${port}`, pid: lesson.child.pid });
      lesson.child.kill(signal);
      const { status, stdout, stderr } = await lesson.end();
      assert.deepEqual([status, stderr], [0, '']);
      assert.ok(stdout.endsWith('npm run try 2\nLesson 2, reply has stopped.\n'), stdout);
      assert.deepEqual(readdirSync(join(root, 'lessons/classroom/.running')), []);
      assert.equal(await portState(port), 'free');
    }));
  });

  test('leaves no server behind when it is killed the hard way', async () => {
    const root = makeCourse();
    const lesson = start(root, ['lesson', '2', 'port', '0']);
    await lesson.until('npm run try 2\n');
    lesson.child.kill('SIGKILL');
    await lesson.end(); // the server writes to the same pipe: it closes once both are gone
    assert.equal(await portState(portIn(lesson.output())), 'free');
    assert.equal(await findRunning(root, '02'), undefined);
    assert.deepEqual(readdirSync(join(root, 'lessons/classroom/.running')), []);
  });

  test('starts again when a file is saved, at the same address', async () => {
    const root = makeCourse();
    const lesson = start(root, ['lesson', '2', 'port', '0']);
    await lesson.until('npm run try 2\n');
    const port = portIn(lesson.output());
    write(root, 'lessons/02-reply/server.ts', reply.replace('flat white', 'cortado'));
    await lesson.until('server.ts was saved: started again.\nListening');
    assert.equal(await get(port), 'Order 42: a cortado for nobody');
    assert.equal(lesson.output().match(/Lesson 2, reply: /g)?.length, 1);
  });

  test('does not start again for its data, for an unchanged file or for a later lesson', async () => {
    const root = makeCourse();
    mkdirSync(join(root, 'db/data/01'), { recursive: true });
    const lesson = start(root, ['lesson', '1', 'port', '0']);
    await lesson.until('npm run try 1\n');
    write(root, 'db/data/01/orders.json', '{}');
    write(root, 'db/data/menu.json', '{}');
    write(root, 'lessons/02-reply/reply.ts', '// later');
    write(root, 'lessons/01-hello/notes.txt', 'no code');
    write(root, 'lessons/01-hello/server.ts', hello);
    write(root, 'db/table.ts', '// this one counts');
    write(root, 'lessons/01-hello/extra.ts', '// and this one');
    await lesson.until('started again.\n');
    assert.match(lesson.output(), /\n(table\.ts, extra\.ts were saved|extra\.ts was saved): started again\.\n$/);
  });

  test('outlives an error, shows it, and waits for the next save', async () => {
    const root = makeCourse();
    const lesson = start(root, ['lesson', '2', 'port', '0']);
    await lesson.until('npm run try 2\n');
    const port = portIn(lesson.output());
    write(root, 'lessons/02-reply/server.ts', `const order = ;`);
    await lesson.until('The server ended with an error. Save a file and it starts again; Ctrl+C ends this.\n');
    assert.match(lesson.output(), /server\.ts was saved: started again\.\n● This file cannot be read: /);
    assert.deepEqual(readdirSync(join(root, 'lessons/classroom/.running')), []);
    write(root, 'lessons/02-reply/server.ts', reply.replace('flat white', 'mocha'));
    await lesson.until('started again.\nListening');
    assert.equal(await get(port), 'Order 42: a mocha for nobody');
  });

  test('says so when the server ends by itself', async () => {
    const root = makeCourse();
    write(root, 'lessons/01-hello/server.ts', `console.log('Hello');`);
    const lesson = start(root, ['lesson', '1', 'port', '0']);
    await lesson.until('The server ended by itself, without an error. Save a file and it starts again; Ctrl+C ends this.\n');
    assert.match(lesson.output(), /^Hello\n/);
  });

  test('says who has a taken port, and two ways out', async () => {
    const root = makeCourse();
    const { port, server } = await holdPort();
    const { status, stderr } = await run(root, 'lesson', '2', 'port', String(port)).finally(() => server.close());
    const [, free] = /^Port \d+ is taken by another program\. End that program \(Ctrl\+C in its terminal\), or run: npm run lesson 2 port (\d+)\n$/.exec(stderr) ?? [];
    assert.ok(Number(free) > port, stderr);
    assert.equal(status, 1);

    const lesson = start(root, ['lesson', '2', 'port', '0']);
    await lesson.until('npm run try 2\n');
    const own = String(portIn(lesson.output()));
    const second = await run(root, 'lesson', '1', 'port', own);
    const pid = lesson.child.pid!;
    assert.match(second.stderr, new RegExp(`^Port ${own} is taken by lesson 2 of this course, process ${pid}\\. Press Ctrl\\+C in its terminal, or end it with "${wayToEnd({ pid })}"\\. To leave it running, use another port: npm run lesson 1 port \\d+\\n$`));
    assert.equal(second.status, 1);
    assert.equal((await fetch(`http://127.0.0.1:${own}`)).status, 200, 'it is named, and never ended');
  });

  test('explains a port that turns out to be taken only when the server listens', async () => {
    const root = makeCourse();
    const { port, server } = await holdPort();
    write(root, 'lessons/01-hello/server.ts', hello.replace('3000', `${port}, '127.0.0.1'`));
    const lesson = start(root, ['lesson', '1'], { env: { PORT: '0' } });
    await lesson.until('Ctrl+C ends this.\n').finally(() => server.close());
    assert.doesNotMatch(lesson.output(), /EADDRINUSE/); // the keeper says it in its own words
    assert.match(lesson.output(), new RegExp(`^Port ${port} is taken by another program\\. End that program \\(Ctrl\\+C in its terminal\\), or run: npm run lesson 1 port \\d+\nSave a file and it starts again; Ctrl\\+C ends this\\.\n`));
  });

  test('runs raw: no preload, and the status is the server\'s own', async () => {
    const root = makeCourse();
    write(root, 'lessons/01-hello/server.ts', `console.log(process.send, process.env.CLASSROOM, process.execArgv.join(' ').includes('preload'), process.env.DATA_DIR); process.exitCode = 7;`);
    const { status, stdout } = await run(root, 'lesson', '1', 'raw');
    assert.deepEqual([status, stdout], [7, `undefined undefined false ${join(root, 'db/data/01')}\n`]);
    assert.deepEqual(readdirSync(join(root, 'lessons/classroom/.running')), []);
  });

  test('names a raw server by its own id, which ends it even when its command was killed', onlyWithSignals, async () => {
    for (const isKilled of [false, true]) {
      const root = makeCourse();
      const { port, server } = await holdPort();
      server.close();
      await once(server, 'close');
      write(root, 'lessons/01-hello/server.ts', hello.replace('3000', `${port}, () => console.log('process ' + process.pid)`));
      const lesson = start(root, ['lesson', '1', 'raw'], { env: { PORT: String(port) } });
      await lesson.until('process ');
      if (isKilled) lesson.child.kill('SIGKILL');
      const pid = Number(/process (\d+)/.exec(lesson.output())?.[1]);
      assert.deepEqual(await findRunningOn(root, port), { lesson: '01', url: `http://localhost:${port}`, pid });
      process.kill(pid);
      assert.equal((await lesson.end()).status, isKilled ? null : 0);
      assert.equal(await portState(port), 'free');
      assert.equal(await findRunningOn(root, port), undefined);
    }
  });

  test('ends raw with Ctrl+C, without a word', onlyWithSignals, async () => {
    const root = makeCourse();
    write(root, 'lessons/01-hello/server.ts', hello.replace('3000', `0, () => console.log('ready')`));
    const lesson = start(root, ['lesson', '1', 'raw']);
    await lesson.until('ready\n');
    lesson.child.kill('SIGINT');
    assert.deepEqual(await lesson.end(), { status: 0, signal: null, stdout: 'ready\n', stderr: '' });
  });
});

describe('watchFolders()', { concurrency: 3 }, () => {
  const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const ways: [how: string, save: (file: string) => Promise<unknown>][] = [
    ['empties a file first', async (file) => { writeFileSync(file, ''); await wait(250); writeFileSync(file, 'after();'); }],
    ['takes it away first', async (file) => { rmSync(file); await wait(250); writeFileSync(file, 'after();'); }],
    ['swaps another one in', async (file) => { writeFileSync(`${file}~`, 'after();'); renameSync(`${file}~`, file); }],
    ['writes it twice', async (file) => { writeFileSync(file, 'after();'); await wait(30); writeFileSync(file, 'after();'); }],
  ];
  for (const [how, save] of ways) {
    test(`hears one save of an editor that ${how}`, async () => {
      const folder = makeFolder();
      const heard: string[] = [];
      writeFileSync(join(folder, 'server.ts'), 'before();');
      const watcher = watchFolders([folder], async (names) => { heard.push(`${names} ${readFileSync(join(folder, 'server.ts'), 'utf8')}`); });
      await wait(50);
      await save(join(folder, 'server.ts'));
      await wait(1200);
      watcher.close();
      assert.deepEqual(heard, ['server.ts after();']);
    });
  }

  test('hears a file that stays empty, and one that is gone', async () => {
    const folder = makeFolder();
    const heard: string[] = [];
    for (const name of ['a.ts', 'b.ts']) writeFileSync(join(folder, name), 'before();');
    const watcher = watchFolders([folder], async (names) => { heard.push(...names); });
    await wait(50);
    writeFileSync(join(folder, 'a.ts'), '');
    rmSync(join(folder, 'b.ts'));
    for (let waited = 0; heard.length < 2 && waited < 5000; waited += 50) await wait(50);
    watcher.close();
    assert.deepEqual(heard.sort(), ['a.ts', 'b.ts']);
  });
});

describe('npm run cafe and npm start', { concurrency: 3 }, () => {
  test('run the server.ts of the top folder with its own data', onlyWithSignals, async () => {
    for (const word of ['cafe', 'start']) {
      const root = makeCourse();
      const cafe = start(root, [word, 'port', '0']);
      await cafe.until('In a second terminal');
      assert.ok(cafe.output().startsWith(`Listening, data in ${join(root, 'db/data/cafe')}\nThe café: http://localhost:`), cafe.output());
      assert.equal(await get(portIn(cafe.output())), 'Order 42: a flat white for nobody');
      cafe.child.kill('SIGINT');
      assert.equal((await cafe.end()).status, 0);
    }
  });
});

describe('npm run try', { concurrency: 3 }, () => {
  test('lists the requests of a lesson', async () => {
    const { status, stdout } = await run(makeCourse(), 'try', '2');
    assert.equal(stdout, [
      'What to try in lesson 2, reply:',
      '',
      '   1  GET /orders/42  The order',
      '   2  GET /orders/43  A broken promise',
      '   3  GET /mine       Mine (needs your own token)',
      '',
      'Send one: npm run try 2 1',
      '',
    ].join('\n'));
    assert.equal(status, 0);
  });

  test('shows both sides, and starts a server that does not run for this one request', async () => {
    const { status, stdout, stderr } = await run(makeCourse(), 'try', '2', '1');
    assert.equal(stdout.replace(/Date: .*/, 'Date: …').replace(/127\.0\.0\.1:\d+/, '127.0.0.1:43817'), [
      'Lesson 2 is not running, so its server is started for this one request. To keep\nit running: npm run lesson 2',
      '',
      '→ GET /orders/42 HTTP/1.1',
      '→ Host: 127.0.0.1:43817',
      '→ X-Guest: ada',
      '→ Connection: close',
      '',
      '← HTTP/1.1 200 OK',
      '← Content-Type: text/plain; charset=utf-8',
      '← Date: …',
      '← Connection: close',
      '← Content-Length: 30',
      '←',
      'Order 42: a flat white for ada',
      '',
      '✔ This is what requests.http promises.',
      '',
    ].join('\n'));
    assert.deepEqual([status, stderr], [0, '']);
  });

  test('names each broken promise and ends with status 1', async () => {
    const { status, stdout } = await run(makeCourse(), 'try', '2', '2');
    assert.ok(stdout.endsWith('\n✘ Not what requests.http promises (to be expected, if you have changed the lesson):\n  The status should be 404, but it was 200.\n  The body should contain "tea", but it was "Order 42: a flat white for nobody".\n'), stdout);
    assert.equal(status, 1);
  });

  test('asks the server that runs, and also for a plain path', async () => {
    const root = makeCourse();
    const lesson = start(root, ['lesson', '2', 'port', '0']);
    await lesson.until('npm run try 2\n');
    for (const path of ['/menu?search=flat', 'menu?search=flat']) {
      const { status, stdout } = await run(root, 'try', 'reply', path);
      assert.ok(stdout.startsWith(`→ GET /menu?search=flat HTTP/1.1\n→ Host: localhost:${portIn(lesson.output())}\n`), stdout);
      assert.equal(status, 0);
    }
  });

  test('says what to write when it cannot tell what is wanted', async () => {
    const root = makeCourse();
    const rows: [string[], string][] = [
      [[], 'Say which lesson, and then which of its requests, for example: npm run try 4 2'],
      [['2', '9'], 'Lesson 2 has no request 9: its requests are numbered 1 to 3. ("npm run try 2" lists them.)'],
      [['2', 'C:/Program Files/Git/menu'], 'Your terminal made "C:/Program Files/Git/menu" out of the path. Leave its first slash out, for example: npm run try 2 menu'],
      [['2', '3'], 'Request 3 needs your own token: open requests.http of lesson 2 in your editor, put it in place of {{token}}, and send the request from there.'],
      [['1'], 'Lesson 1 has no requests.http. Give a path instead: npm run try 1 /'],
    ];
    for (const [words, message] of rows) await assert.rejects(tryRequest(words, root), { name: 'Advice', message });
    const { status, stderr } = await run(root, 'try');
    assert.deepEqual([status, stderr], [1, `${rows[0]?.[1]}\n`]);
  });
});

describe('npm run fresh', { concurrency: 3 }, () => {
  test('keeps the old data under a dated name', async () => {
    const root = makeCourse();
    write(root, 'db/data/02/orders.json', '{"id":42}');
    const { status, stdout } = await run(root, 'fresh', '2');
    const [, dated = ''] = /^Lesson 2 begins with its sample data again\. The old data lies in (db\/data\/02-\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d)\.\n$/.exec(stdout) ?? [];
    assert.equal(readFileSync(join(root, dated, 'orders.json'), 'utf8'), '{"id":42}');
    assert.equal(existsSync(join(root, 'db/data/02')), false);
    assert.equal(status, 0);
  });

  test('setAside() never overwrites what lies there', async () => {
    const root = makeFolder();
    const now = new Date(2026, 10, 20, 13, 45, 0);
    for (const name of ['07-2026-11-20-13-45-00', '07-2026-11-20-13-45-00-2', '07-2026-11-20-13-45-00-3']) {
      write(root, '07/orders.json', name);
      assert.equal(await setAside(join(root, '07'), now), join(root, name));
      assert.equal(readFileSync(join(root, name, 'orders.json'), 'utf8'), name);
    }
  });

  test('says so when there is nothing to do', async () => {
    const { status, stdout } = await run(makeCourse(), 'fresh', '2');
    assert.deepEqual([status, stdout], [0, 'There is nothing to do: lesson 2 has stored nothing yet.\n']);
  });

  test('asks for a lesson when none is named', async () => {
    const { status, stderr } = await run(makeCourse(), 'fresh');
    assert.deepEqual([status, stderr], [1, 'Say which lesson shall begin anew, for example: npm run fresh 4\n']);
  });

  test('leaves the data of a running lesson alone', async () => {
    const root = makeCourse();
    write(root, 'db/data/02/orders.json', '{}');
    const lesson = start(root, ['lesson', '2', 'port', '0']);
    await lesson.until('npm run try 2\n');
    const { status, stderr } = await run(root, 'fresh', '2');
    assert.equal(stderr, `Lesson 2 runs at http://localhost:${portIn(lesson.output())} and would go on writing its old data. Press Ctrl+C in its terminal first, then run this again.\n`);
    assert.equal(status, 1);
    assert.equal(existsSync(join(root, 'db/data/02/orders.json')), true);
  });
});

describe('npm run doctor', { concurrency: 3 }, () => {
  const healthy: Facts = { node: '24.21.0', native: true, tsx: true, types: true, port: 'free', takenBy: undefined, writeError: undefined, root: '/home/ada/hello', wsl: false };
  const rows: [string, Partial<Facts>, string][] = [
    ['an old Node', { node: '18.20.4' }, '✘ Node 18.20.4 is too old: the course needs 20.15, 22.2 or newer. Get 24 or 26 from https://nodejs.org.'],
    ['a 20 that is too old', { node: '20.14.0' }, '✘ Node 20.14.0 is too old: the course needs 20.15, 22.2 or newer. Get 24 or 26 from https://nodejs.org.'],
    ['a 22 that is too old', { node: '22.1.0' }, '✘ Node 22.1.0 is too old: the course needs 20.15, 22.2 or newer. Get 24 or 26 from https://nodejs.org.'],
    ['Node 20', { node: '20.20.2' }, '! Node 20.20.2 works, but it gets no more security updates. Get 24 or 26 from https://nodejs.org.'],
    ['an odd Node', { node: '25.1.0' }, '! Node 25.1.0 works, but it gets no more security updates. Get 24 or 26 from https://nodejs.org.'],
    ['Node 22', { node: '22.23.3' }, '✔ Node 22.23.3 is fine.'],
    ['tsx', { native: false }, '✔ TypeScript runs with the help of tsx, which is installed.'],
    ['a missing tsx', { native: false, tsx: false }, '✘ TypeScript cannot run yet: run "npm install" once, or use Node 22.18 or newer, which needs nothing installed.'],
    ['missing types', { types: false }, '! The types for your editor are not installed: everything runs, but the editor underlines what Node offers in red. To mend it: npm install'],
    ['a port of ours', { port: 'taken', takenBy: { name: 'lesson 4', pid: 4711, wayToEnd: 'kill 4711' } }, '! Port 3000 is taken by lesson 4 of this course, process 4711. Press Ctrl+C in its terminal, or end it with "kill 4711". To leave it running, use another port: npm run lesson 1 port 3001'],
    ['a port of others', { port: 'taken' }, '! Port 3000 is taken by another program. Press Ctrl+C in its terminal, or take another one: npm run lesson 1 port 3001'],
    ['a forbidden port', { port: 'forbidden' }, '! This system does not let you use port 3000. Take another one: npm run lesson 1 port 3001'],
    ['a folder that cannot be written', { writeError: 'EROFS' }, '✘ Lessons cannot save their data in db/data (EROFS). Move the project to a folder that is yours, such as one in your home folder.'],
    ['OneDrive', { root: 'C:\\Users\\ada\\OneDrive - School\\hello' }, '! The project lies in a folder that OneDrive synchronises, which may lock files or bring back old ones. Better move it out of there.'],
    ['Dropbox', { root: '/home/ada/Dropbox/hello' }, '! The project lies in a folder that Dropbox synchronises, which may lock files or bring back old ones. Better move it out of there.'],
    ['iCloud', { root: '/Users/ada/Library/Mobile Documents/hello' }, '! The project lies in a folder that iCloud synchronises, which may lock files or bring back old ones. Better move it out of there.'],
    ['Google Drive', { root: 'G:\\Google Drive\\hello' }, '! The project lies in a folder that Google Drive synchronises, which may lock files or bring back old ones. Better move it out of there.'],
    ['the Windows disk under WSL', { root: '/mnt/c/hello', wsl: true }, '! The project lies on the Windows disk (/mnt/c/hello), where Linux does not notice that a file was saved. Move it into your Linux home folder.'],
    ['a disk that is only called so', { root: '/mnt/c/hello' }, '✔ The project lies in an ordinary folder.'],
  ];
  for (const [name, facts, sentence] of rows) {
    test(`judge() knows ${name}`, () => {
      const lines = judge({ ...healthy, ...facts }).map(({ mark, text }) => `${mark} ${text}`);
      assert.ok(lines.includes(sentence), lines.join('\n'));
      assert.equal(lines.length, 6);
    });
  }

  test('judge() finds nothing wrong with a healthy computer', () => {
    assert.deepEqual(judge(healthy).map(({ mark, text }) => `${mark} ${text}`), [
      '✔ Node 24.21.0 is fine.',
      '✔ TypeScript runs by itself on this Node; nothing has to be installed.',
      '✔ The types for your editor are installed.',
      '✔ Port 3000 is free.',
      '✔ Lessons can save their data in db/data.',
      '✔ The project lies in an ordinary folder.',
    ]);
  });

  test('summary() says whether to begin', () => {
    const of = (facts: Partial<Facts>) => summary(judge({ ...healthy, ...facts }));
    assert.equal(of({}), 'All is well. Begin with: npm run lesson 1');
    assert.equal(of({ types: false }), 'You can begin: npm run lesson 1 (one note above, marked with !).');
    assert.equal(of({ types: false, port: 'taken' }),
      'You can begin: npm run lesson 1 port 3001 (2 notes above, marked with !).');
    assert.equal(of({ writeError: 'EROFS' }), 'One thing must be mended first: see ✘ above, then run "npm run doctor" again.');
    assert.equal(of({ writeError: 'EROFS', node: '18.0.0' }), '2 things must be mended first: see ✘ above, then run "npm run doctor" again.');
  });

  test('tells one line for each thing, and leaves the disk as it was', async () => {
    const root = makeCourse();
    const { status, stdout, stderr } = await run(root, 'doctor');
    const lines = stdout.split('\n');
    assert.deepEqual([status, stderr, lines.length], [0, '', 9]);
    assert.ok(lines.slice(0, 6).every((line) => /^[✔!] .*[.0-9a-z]$/.test(line)), stdout);
    assert.equal(existsSync(join(root, 'db')), false);
  });

  test('tryToWrite() tells a folder that cannot be made, and keeps one that was there', () => {
    const root = makeFolder();
    write(root, 'db', 'a file, where a folder should be');
    assert.match(tryToWrite(join(root, 'db', 'data')) ?? '', /^(ENOTDIR|EEXIST|ENOENT)$/);
    mkdirSync(join(root, 'mine'));
    assert.equal(tryToWrite(join(root, 'mine')), undefined);
    assert.deepEqual(readdirSync(join(root, 'mine')), []);
  });
});

describe('requests.http', { concurrency: 4 }, () => {
  test('readRequests() reads title, promise, target, headers and body', () => {
    const text = [
      '@host = http://localhost:3000',
      '@guest = ada',
      '',
      '### One item',
      '// a remark',
      '# → 201, "flat \\"white\\"", no body, Location: "/orders/42"',
      'POST {{host}}/orders?for={{guest}} HTTP/1.1',
      'Content-Type: application/json',
      '# left out: Accept: text/html',
      'Origin: {{host}}',
      '',
      '{ "guest": "{{guest}}" }',
      '',
      '# not a comment here',
      '',
      '### Nothing but a remark',
      '# The next ones are strange on purpose.',
      '###',
      '# → 200',
      'GET {{host}}',
      '###',
      '# → 400',
      'GET http://other.example/menu',
      '###',
      '# → 200',
      'GET {{host}}/../%/?token={{token}}',
    ].join('\r\n');
    const promise = { status: 200, body: [], noBody: false, noEnd: false, headers: [] };
    assert.deepEqual(readRequests(text), [
      {
        number: 1, title: 'One item', line: 7, method: 'POST', target: '/orders?for=ada',
        promise: { status: 201, body: ['flat "white"'], noBody: true, noEnd: false, headers: [['Location', '/orders/42']] },
        headers: [['Content-Type', 'application/json'], ['Origin', '{{host}}']],
        body: '{ "guest": "ada" }\n\n# not a comment here', needs: [],
      },
      { number: 2, title: '', line: 20, promise, method: 'GET', target: '/', headers: [], body: '', needs: [] },
      { number: 3, title: '', line: 23, promise: { ...promise, status: 400 }, method: 'GET', target: 'http://other.example/menu', headers: [], body: '', needs: [] },
      { number: 4, title: '', line: 26, promise, method: 'GET', target: '/../%/?token={{token}}', headers: [], body: '', needs: ['token'] },
    ]);
  });

  const rows: [string, string[], string][] = [
    ['a request without a promise', ['GET /menu'], 'line 1: "GET /menu" promises nothing. Write above it what comes back, for example: # → 200, "Flat white"'],
    ['a promise without a request', ['###', '# → 200'], 'line 2: This promise has no request below it. Write one, for example: GET {{host}}/menu'],
    ['two promises', ['# → 200', '# → 201', 'GET /'], 'line 2: A request makes one promise, and this is its second "# →" line. Put both into one, separated by commas.'],
    ['no status', ['# → ok', 'GET /'], 'line 1: A promise begins with a status from 100 to 599, but it was "ok". For example: # → 200, "Flat white"'],
    ['an unknown promise', ['# → 200, "a", body b', 'GET /'], 'line 1: ", body b" is not a promise. Write , "text" or , no body or , no end or , header-name: "text"'],
    ['a wrong text', ['# → 200, "\\a"', 'GET /'], 'line 1: "\\a" is not a text as JSON writes it. Inside the quotes, write \\" for " and \\\\ for \\.'],
    ['no request line', ['# → 200', 'menu please now'], 'line 2: "menu please now" is not a request. Write a method and an address, for example: GET {{host}}/menu'],
    ['a header without a colon', ['# → 200', 'GET /', 'Accept'], 'line 3: "Accept" is not a header. Write for example: Accept: text/plain (a body comes after an empty line).'],
    ['an unknown placeholder', ['# → 200', 'GET {{hots}}/'], 'line 2: {{hots}} is not known. Write a line above it: @hots = its value'],
    ['a wrong value', ['@host http://x', '# → 200', 'GET /'], 'line 1: "@host http://x" is not a value. Write for example: @host = http://localhost:3000'],
  ];
  for (const [name, lines, sentence] of rows) {
    test(`readRequests() refuses ${name}, with file and line`, () => {
      assert.throws(() => readRequests(lines.join('\n'), 'menu.http'), { name: 'Advice', message: `menu.http, ${sentence}` });
    });
  }

  test('sendRequest() sends a target as it is written', async () => {
    await withHttp((request, response) => response.end(request.url), async (url) => {
      for (const target of ['/%', '//', '/../a/./b', '/a?b=c#d', 'http://other.example/menu', '/%00', '*']) {
        const { body } = await sendRequest(url, { method: target === '*' ? 'OPTIONS' : 'GET', target, headers: [], body: '' });
        assert.equal(body.toString(), target);
      }
      const { sent, body } = await sendRequest(url, { method: 'GET', target: '/café ☕', headers: [], body: '' });
      assert.deepEqual([sent.target, body.toString()], ['/caf%C3%A9%20%E2%98%95', '/caf%C3%A9%20%E2%98%95']);
    });
  });

  test('sendRequest() keeps what was really sent, and the raw answer', async () => {
    const echo: RequestListener = (request, response) => {
      response.writeHead(207, 'Many', ['X-A', '1', 'x-a', '2']);
      response.write(`${request.rawHeaders.join('|')}\n`);
      request.pipe(response);
    };
    await withHttp(echo, async (url) => {
      const { host } = new URL(url);
      const { sent, ...answer } = await sendRequest(url, { method: 'POST', target: '/', headers: [['Origin', '{{host}}']], body: 'é {{host}}' });
      const headers = [['Host', host], ['Origin', url], ['Content-Length', String(3 + url.length)], ['Connection', 'close']];
      assert.deepEqual(sent.headers, headers);
      assert.equal(answer.body.toString(), `${headers.flat().join('|')}\né ${url}`);
      assert.deepEqual([answer.status, answer.statusMessage, answer.cut], [207, 'Many', undefined]);
      assert.deepEqual(answer.headers.slice(0, 2), [['X-A', '1'], ['x-a', '2']]);
    });
  });

  test('sendRequest() cuts an answer that never ends, and says so', async () => {
    await withHttp((_request, response) => void response.write('data: order 42\n\n'), async (url) => {
      const { body, cut } = await sendRequest(url, { method: 'GET', target: '/live', headers: [], body: '' }, { forAnswer: 5000, forEnd: 200 });
      assert.deepEqual([body.toString(), cut], ['data: order 42\n\n', 'The answer goes on; it was cut after 0.2 seconds.']);
    });
  });

  test('sendRequest() says when an answer breaks off, or never comes', async () => {
    const get = (target: string) => ({ method: 'GET', target, headers: [], body: '' });
    const handler: RequestListener = (request, response) => {
      if (request.url === '/half') response.writeHead(200, { 'content-length': 100 }).write('half', () => request.socket.destroy());
      if (request.url === '/gone') request.socket.destroy();
    };
    await withHttp(handler, async (url) => {
      assert.equal((await sendRequest(url, get('/half'))).cut, 'The server closed the connection in the middle of the answer.');
      await assert.rejects(sendRequest(url, get('/gone')), { name: 'Advice', message: `GET /gone could not be sent to ${url}: the server closed the connection without an answer.` });
      await assert.rejects(sendRequest(url, get('/silent'), { forAnswer: 200, forEnd: 200 }), { message: `GET /silent could not be sent to ${url}: no answer came within 0.2 seconds. Does the server end every answer?` });
    });
    const { port, server } = await holdPort();
    server.close();
    await once(server, 'close');
    await assert.rejects(sendRequest(`http://127.0.0.1:${port}`, get('/')), { message: `GET / could not be sent to http://127.0.0.1:${port}: nobody listens there.` });
  });

  const exchange: Exchange = {
    sent: { method: 'GET', target: '/', headers: [['Host', 'cafe']], body: Buffer.from('') },
    status: 200, statusMessage: 'OK', httpVersion: '1.1', headers: [['Content-Type', 'text/plain'], ['Vary', 'a'], ['vary', 'b']], body: Buffer.from('tea'), cut: undefined,
  };
  const promise = { status: 200, body: [], noBody: false, noEnd: false, headers: [] };

  test('brokenPromises() is empty when all is kept', () => {
    assert.deepEqual(brokenPromises({ ...promise, body: ['te', 'ea'], headers: [['content-type', 'plain'], ['Vary', 'b']] }, exchange), []);
    assert.deepEqual(brokenPromises({ ...promise, noBody: true }, { ...exchange, body: Buffer.from('') }), []);
    assert.deepEqual(brokenPromises(promise, { ...exchange, cut: 'It goes on.' }), ['The answer should end, but it did not: is an end() missing?']);
    assert.deepEqual(brokenPromises({ ...promise, noEnd: true }, { ...exchange, cut: 'It goes on.' }), []);
  });

  test('brokenPromises() says each broken one in a sentence', () => {
    const broken = brokenPromises({ status: 404, body: ['milk'], noBody: true, noEnd: false, headers: [['Allow', 'GET'], ['VARY', 'c']] }, exchange);
    assert.deepEqual(broken, [
      'The status should be 404, but it was 200.',
      'There should be no body, but it was "tea".',
      'The body should contain "milk", but it was "tea".',
      'The header Allow should contain "GET", but there was none.',
      'The header VARY should contain "c", but it was "a" and "b".',
    ]);
    assert.deepEqual(brokenPromises({ ...promise, body: ['x'] }, { ...exchange, body: Buffer.from('') }), ['The body should contain "x", but it was empty.']);
    assert.deepEqual(brokenPromises({ ...promise, body: ['x'] }, { ...exchange, body: Buffer.alloc(170, 'y') }), [`The body should contain "x", but it was "${'y'.repeat(160)}…".`]);
  });

  test('showExchange() counts bytes that are no text, cuts a long body, and obeys no byte', () => {
    const shown = (body: Buffer, type = 'text/plain') => showExchange({ ...exchange, headers: [['Content-Type', type]], body }).split('\n').slice(6).join('\n');
    assert.equal(shown(Buffer.from([0x89, 0x50, 0xff]), 'image/png'), '(3 bytes of image/png)');
    assert.equal(shown(Buffer.from('é'.repeat(3001))), `${'é'.repeat(3000)}\n(and 2 bytes more)`);
    assert.equal(shown(Buffer.from('a\x1b[31mb\x07\tc\r\nd\n')), 'a\\x1b[31mb\\x07\tc\nd');
    assert.equal(shown(Buffer.from('')), '');
  });
});

describe('startServer()', { concurrency: 3 }, () => {
  const program = (text: string) => {
    const folder = makeFolder();
    write(folder, 'package.json', '{ "type": "module" }');
    write(folder, 'server.ts', text);
    return { file: join(folder, 'server.ts'), cwd: folder, port: 0 };
  };

  test('gives url and port, hands on output and data folder, and stops', async () => {
    let output = '';
    const server = await startServer({ ...program(reply), dataDir: 'somewhere', onOutput: (text) => { output += text; } });
    assert.equal(server.url, `http://127.0.0.1:${server.port}`);
    assert.equal(await get(server.port), 'Order 42: a flat white for nobody');
    await server.stop();
    await server.exited;
    assert.equal(output, 'Listening, data in somewhere\n');
    assert.equal(await portState(server.port), 'free');
  });

  test('moves whatever form listen() is called in, and leaves a pipe and a wrong port alone', async () => {
    const folder = makeFolder();
    const pipe = process.platform === 'win32' ? `\\\\.\\pipe\\${folder.split('\\').at(-1)}` : join(folder, 'pipe');
    let output = '';
    const server = await startServer({ ...program(`
      import net from 'node:net';
      let heard = 0;
      const open = (...given: any[]) => new Promise((resolve) => {
        const server = net.createServer();
        server.on('listening', () => resolve(server.address()));
        server.listen(...given, () => { heard++; });
      });
      const forms = [[3000], ['3000'], [3000, 'localhost'], [3000, '127.0.0.1', 5], [3000, 5], [{ port: 3000, host: '::' }], [{ port: '3000' }], [], [undefined], [null]];
      const addresses = [];
      for (const form of [...forms, [${JSON.stringify(pipe)}]]) addresses.push(await open(...form));
      let wrong;
      try { net.createServer().listen(99999); } catch (error: any) { wrong = error.code; }
      const left = Object.keys(process.env).filter((name) => name.startsWith('CLASSROOM'));
      process.stdout.write(JSON.stringify({ addresses, heard, wrong, left }), () => process.exit());
    `), onOutput: (text) => { output += text; } });
    await server.exited;
    const { addresses, heard, wrong, left } = JSON.parse(output);
    assert.equal(addresses[0].port, server.port);
    assert.equal(addresses.pop(), pipe);
    assert.equal(new Set(addresses.map(({ port }: AddressInfo) => port)).size, 10);
    assert.ok(addresses.every(({ port, address }: AddressInfo) => port !== 3000 && address === '127.0.0.1'), output);
    assert.deepEqual([heard, wrong, left], [11, 'ERR_SOCKET_BAD_PORT', []]);
  });

  test('a local socket, as a database locks its folder with, takes no port from the server behind it', async () => {
    const folder = makeFolder();
    const pipe = process.platform === 'win32' ? `\\\\.\\pipe\\${folder.split('\\').at(-1)}` : join(folder, 'lock');
    const { port, server: holder } = await holdPort();
    holder.close();
    const server = await startServer({ ...program(`
      import { once } from 'node:events';
      import net from 'node:net';
      const lock = net.createServer().listen(${JSON.stringify(pipe)});
      await once(lock, 'listening');
      const second = net.createServer().on('error', () => {}).listen(${JSON.stringify(pipe)});
      await once(second, 'error').catch(() => {});
      net.createServer().listen(3000);
    `), port, host: '127.0.0.1' });
    assert.equal(server.port, port);
    await server.stop();
  });

  test('says how a server ended before it listened, and what it wrote', async () => {
    await assert.rejects(startServer(program(`console.error('no menu found'); process.exitCode = 4;`)), { name: 'Advice', message: 'server.ts ended with status 4 before it listened. It wrote:\nno menu found' });
    await assert.rejects(startServer(program(`process.exitCode = 0;`)), { message: 'server.ts ended with status 0 before it listened. It wrote no error.' });
  });

  test('says that a server never listens', async () => {
    await assert.rejects(startServer({ ...program('setInterval(() => {}, 1000);'), patience: 800 }), { name: 'Advice', message: 'server.ts ran for 0.8 seconds and listened on no port. Does it reach its listen()?' });
  });

  test('moves to the asked port, and lets the program have its error there', async () => {
    const { port, server: holder } = await holdPort();
    const server = startServer({ ...program(hello), port, host: '127.0.0.1' });
    await assert.rejects(server, new RegExp(`^Advice: server\\.ts ended with status 1 before it listened\\. It wrote:\\n[^]*listen EADDRINUSE: address already in use 127\\.0\\.0\\.1:${port}\\n`)).finally(() => holder.close());
  });

  test('gives the asked port to the next server when the first could not have it', async () => {
    const { port, server: holder } = await holdPort();
    holder.on('connection', (socket) => { holder.close(); socket.destroy(); });
    const server = await startServer({ ...program(`
      import net from 'node:net';
      const first = net.createServer().listen(3000);
      first.on('error', () => net.connect(${port}, '127.0.0.1').on('close', () => net.createServer().listen(3000)));
    `), port, host: '127.0.0.1' });
    assert.equal(server.port, port);
    await server.stop();
  });

  test('stops a server that does not want to end', async () => {
    const server = await startServer(program(`process.on('SIGTERM', () => {});\n${reply}`));
    const end = await inTime(server.stop(), () => 'nothing').finally(() => server.child.kill('SIGKILL'));
    assert.equal(end.signal, process.platform === 'win32' ? 'SIGTERM' : 'SIGKILL');
  });

  test('adds nothing that keeps a program alive', async () => {
    const server = await startServer(program(reply.replace('() => {', '() => { server.close();')));
    assert.deepEqual(await inTime(server.exited, () => 'nothing').finally(() => server.child.kill('SIGKILL')), { code: 0, signal: null });
  });
});

test('portState() tells a free port from a taken one, on either family', async () => {
  const { port, server } = await holdPort();
  assert.equal(await portState(port), 'taken');
  server.close();
  await once(server, 'close');
  assert.equal(await portState(port), 'free');
  const six = createTcpServer().listen(0, '::1');
  const hasSix = await new Promise((resolve) => six.once('listening', () => resolve(true)).once('error', () => resolve(false)));
  if (hasSix) assert.equal(await portState((six.address() as AddressInfo).port), 'taken');
  six.close();
});

const otherProgram: [string, string[]] = process.platform === 'win32' ? ['ping', ['-n', '60', '127.0.0.1']] : ['sleep', ['60']];

test('wayToEnd() is a command of the system', () => {
  assert.equal(wayToEnd({ pid: 4711 }, 'linux'), 'kill 4711');
  assert.equal(wayToEnd({ pid: 4711 }, 'darwin'), 'kill 4711');
  assert.equal(wayToEnd({ pid: 4711 }, 'win32'), 'taskkill /pid 4711 /t /f');
});

test('findRunning() believes a note only while its process lives and its address answers', async () => {
  const root = makeFolder();
  const note = join(root, 'lessons/classroom/.running/02.json');
  const gone = spawn(process.execPath, ['-e', '0']);
  await once(gone, 'exit');
  const { port, server } = await holdPort();
  const url = `http://localhost:${port}`;
  const leave = (text: string) => write(root, 'lessons/classroom/.running/02.json', text);

  leave(JSON.stringify({ lesson: '02', url, pid: process.pid }));
  assert.deepEqual(await findRunning(root, '02'), { lesson: '02', url, pid: process.pid });
  for (const stale of [JSON.stringify({ lesson: '02', url, pid: gone.pid }), '{"lesson":"02","ur']) {
    leave(stale);
    assert.equal(await findRunning(root, '02'), undefined);
    assert.equal(existsSync(note), false);
  }

  noteRunning(root, { lesson: '02', url, pid: process.pid });
  const second = spawn(process.execPath, ['-e', 'process.stdin.resume()']);
  write(root, `lessons/classroom/.running/02-${second.pid}.json`, JSON.stringify({ lesson: '02', url: 'http://localhost:1', pid: second.pid }));
  assert.equal((await findRunning(root, '02'))?.url, url, 'a second one of the same lesson takes nothing away from the first');
  second.kill();
  forgetRunning(root, '02');
  assert.equal(await findRunning(root, '02'), undefined);

  const other = spawn(...otherProgram, { stdio: 'ignore' });
  await once(other, 'spawn');
  leave(JSON.stringify({ lesson: '02', url, pid: other.pid }));
  assert.equal(await findRunning(root, '02'), undefined, 'the id has gone to a program that is no Node');
  assert.equal(existsSync(note), false);
  other.kill();

  server.close();
  await once(server, 'close');
  leave(JSON.stringify({ lesson: '02', url, pid: process.pid }));
  assert.equal(await findRunning(root, '02'), undefined);
  assert.equal(existsSync(note), false);
});
