// Lesson 11 as a learner meets it: its server, its data folder, `npm run fresh 11` and its labs.
//
//   makeCourse()  ──►  /tmp/course-Xy12/lessons/{02-reply … 11-json-file, classroom}   with a db/data of its own

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { root as project } from '../lessons/classroom/course.ts';
import { typescriptFlags } from '../lessons/classroom/start.ts';

function makeCourse(t: TestContext): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'course-')));
  t.after(() => rmSync(root, { recursive: true, force: true, maxRetries: 10 }));
  cpSync(join(project, 'lessons'), join(root, 'lessons'), { recursive: true, filter: (name) => !/exercises$|\.running|\.progress/.test(name) });
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }');
  if (existsSync(join(project, 'node_modules'))) symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'), 'junction');
  return root;
}

type Ended = { status: number | null; stdout: string; stderr: string };

function start(t: TestContext, cwd: string, ...words: string[]) {
  const { NODE_TEST_CONTEXT, PORT, HOST, DATA_DIR, ...env } = process.env;
  const child = spawn(process.execPath, words, { cwd, env: { ...env, PORT: '0', NO_COLOR: '1' } });
  t.after(() => child.kill('SIGKILL'));
  const written = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => { written.stdout += text; });
  child.stderr.setEncoding('utf8').on('data', (text) => { written.stderr += text; });
  const ended: Promise<Ended> = once(child, 'close').then(([status]) => ({ status, ...written }));
  async function url(): Promise<string> {
    const found = () => /http:\/\/localhost:\d+/.exec(written.stdout)?.[0].replace('localhost', '127.0.0.1');
    while (!found() && child.exitCode === null) await Promise.race([once(child.stdout, 'data'), ended]);
    return found() ?? assert.fail(`The server ended, and wrote: ${written.stderr}`);
  }
  return { ended, url, written, kill: () => { child.kill('SIGKILL'); return ended; } };
}

const launch = (t: TestContext, root: string, ...words: string[]) => start(t, root, join(root, 'lessons/classroom/launch.js'), ...words).ended;
/** As `node lessons/11-json-file/server.ts`, from another folder. */
const serve = (t: TestContext, root: string) => start(t, tmpdir(), ...typescriptFlags(), join(root, 'lessons/11-json-file/server.ts'));

async function post(url: string, name: string): Promise<number> {
  const answer = await fetch(`${url}/api/menu`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name, price: 340, category: 'tea', stock: 40 }) });
  return answer.status;
}

const menu = async (url: string) => (await fetch(`${url}/menu`)).text();

describe('the server of lesson 11', { concurrency: 2 }, () => {
  test('remembers after a kill, in db/data/11, wherever it is started from', async (t) => {
    const root = makeCourse(t);
    const first = serve(t, root);
    assert.equal(await post(await first.url(), 'Iced tea'), 201);
    await first.kill();
    assert.deepEqual(readdirSync(join(root, 'db/data/11')), ['cafe.json']);
    assert.match(await menu(await serve(t, root).url()), /23  Iced tea/);
  });

  test('begins with its sample data after "fresh", and keeps the old data', async (t) => {
    const root = makeCourse(t);
    const first = serve(t, root);
    assert.equal(await post(await first.url(), 'Iced tea'), 201);
    await first.kill();
    const { status, stdout } = await launch(t, root, 'fresh', '11');
    const [, old = ''] = /^Lesson 11 begins with its sample data again\. The old data lies in (db\/data\/11-[\d-]+)\.\n$/.exec(stdout) ?? [];
    assert.equal(status, 0);
    assert.match(readFileSync(join(root, old, 'cafe.json'), 'utf8'), /"Iced tea"/);
    const again = await serve(t, root).url();
    assert.doesNotMatch(await menu(again), /Iced tea/);
    assert.equal(await post(again, 'Iced tea'), 201);
    assert.match(await menu(again), /23  Iced tea/);
  });

  test('writes nothing more when its folder was taken away while it ran', async (t) => {
    const root = makeCourse(t);
    const server = serve(t, root);
    const url = await server.url();
    assert.equal(await post(url, 'Iced tea'), 201);
    assert.equal((await launch(t, root, 'fresh', '11')).status, 0);
    assert.equal(await post(url, 'Green tea'), 500);
    assert.match(server.written.stderr, /cafe\.json was changed by hand or by another program since this server read it, so nothing is saved\./);
    assert.equal(existsSync(join(root, 'db/data/11')), false);
  });

  for (const [what, text, problem] of [
    ['is broken', '{ "format": 1, "collections": {', 'it is no longer JSON from line 1, column 32, on.'],
    ['holds a name twice', '{"format":1,"collections":{"menu":{"lastId":2,"records":[{"id":1,"version":1,"name":"x"},{"id":2,"version":1,"name":"x"}]}}}', 'in "menu", 1 and 2 have the same name, "x".'],
  ] as const) {
    test(`says in one sentence that its file ${what}, ends with status 1, and leaves it as it is`, async (t) => {
      const root = makeCourse(t);
      const file = join(root, 'db/data/11/cafe.json');
      mkdirSync(join(file, '..'), { recursive: true });
      writeFileSync(file, text);
      const { status, stdout, stderr } = await serve(t, root).ended;
      assert.deepEqual([status, stdout, stderr], [1, '', `${file} cannot be used: ${problem} It is left as it is. Correct it, or move it away to start over.\n`]);
      assert.equal(readFileSync(file, 'utf8'), text);
    });
  }
});

describe('npm run lab', { concurrency: 2 }, () => {
  const list = `The labs:

  11  at-once  100 guests order in the same moment. How many orders are kept?
  11  killed   a program is killed while it saves. What is left of its file?
  11  price    the whole file is written for one change. What does that cost?

Run one: npm run lab 11 at-once
`;

  test('lists the labs', async (t) => {
    assert.deepEqual(await launch(t, project, 'lab', '11'), { status: 0, stdout: list, stderr: '' });
    assert.ok((await launch(t, project, 'lab')).stdout.startsWith(list.slice(0, 20)));
  });

  for (const [words, sentence] of [
    [['10'], 'Lesson 10 has no lab. ("npm run lab" lists all there are.)'],
    [['11', 'kiled'], 'Lesson 11 has no lab "kiled". It has: at-once, killed, price.'],
  ] as const) {
    test(`lab ${words.join(' ')}: ${sentence}`, async (t) => {
      assert.deepEqual(await launch(t, project, 'lab', ...words), { status: 1, stdout: '', stderr: `${sentence}\n` });
    });
  }

  test('"killed" shows that writing over the old file loses all, and swapping in nothing', async (t) => {
    const { status, stdout, stderr } = await launch(t, project, 'lab', '11', 'killed', 'quick');
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, /writeFile\(\) over the old file +✔*✘\n {2}1 of \d+ files broken, /);
    assert.match(stdout, /written aside, then swapped in +✔✔✔✔\n {2}0 of 4 files broken, 0 orders missing in the others\n/);
  });

  test('"at-once" shows that orders at once overwrite each other, and one after the other do not', async (t) => {
    const { status, stdout, stderr } = await launch(t, project, 'lab', '11', 'at-once', 'quick');
    assert.deepEqual([status, stderr], [0, '']);
    const [, kept = ''] = /read the file, add, write it +\d+ of 30 guests were told 201 Created\. Orders in the file: (.+)\.\n/.exec(stdout) ?? [];
    assert.ok(kept === 'none that can be read' || Number(kept) < 30, stdout);
    assert.match(stdout, /one change after the other +30 of 30 guests were told 201 Created\. Orders in the file: 30\.\n/);
  });

  test('"price" shows one row for each size', async (t) => {
    const { status, stdout, stderr } = await launch(t, project, 'lab', '11', 'price', 'quick');
    assert.deepEqual([status, stderr], [0, '']);
    assert.deepEqual(stdout.replace(/\d+\.\d (MB|ms)/g, 'N $1').split('\n').map((line) => line.trim().split(/ {2,}/)), [['Records', 'File', 'One change'], ['10', 'N MB', 'N ms'], ['100', 'N MB', 'N ms'], ['1,000', 'N MB', 'N ms'], ['']]);
  });
});
