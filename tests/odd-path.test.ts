// The commands in a folder with an odd name do what they do in one with a plain name.
//
//   /tmp/…/course/                       check 4 categories  ──►  ✘ X4 …, line 3
//   /tmp/…/C# course, 100% node, …/      check 4 categories  ──►  ✘ X4 …, line 3
//
// "#" and "%" mean something in a URL, a quote in source code and in an error, a space in a list
// of options: each has broken a command once.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { asIfIn } from '../lessons/classroom/check/changes.ts';
import { root as project } from '../lessons/classroom/course.ts';

// Windows allows no double quotes in a name.
const quoted = process.platform === 'win32' ? 'is' : '"is"';
const oddName = `C# course, 100% node, a%20b, what ${quoted} café's`;

const base = mkdtempSync(join(tmpdir(), 'paths-'));
const plain = join(base, 'course');
const odd = join(base, oddName);
const exercise = 'lessons/04-router/exercises/categories';

before(() => [plain, odd].forEach(makeCourse));
after(() => rmSync(base, { recursive: true, force: true, maxRetries: 10 }));

/** Of the exercises only one: the others make hundreds of files. */
function makeCourse(root: string): void {
  const leaveOut = /[\\/](node_modules|exercises|data|\.running|\.progress[^\\/]*)$/;
  const filter = (name: string) => !leaveOut.test(name.slice(project.length));
  mkdirSync(root);
  for (const part of ['lessons', 'db', 'package.json', 'tsconfig.json', 'server.ts']) {
    cpSync(join(project, part), join(root, part), { recursive: true, filter });
  }
  cpSync(join(project, exercise), join(root, exercise), {
    recursive: true,
    filter: (name) => !/answer[^\\/]*\.ts$/.test(name),
  });
  const packages = join(project, 'node_modules');
  if (existsSync(packages)) symlinkSync(packages, join(root, 'node_modules'), 'junction');
}

type Ended = { status: number | null; said: string };

function start(root: string, words: string[]) {
  const { NODE_TEST_CONTEXT, PORT, HOST, CLASSROOM_DATA, ...inherited } = process.env;
  const launcher = join(root, 'lessons', 'classroom', 'launch.js');
  const child = spawn(process.execPath, [launcher, ...words], {
    cwd: root,
    env: { ...inherited, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const from of [child.stdout, child.stderr]) {
    from.setEncoding('utf8').on('data', (text: string) => { output += text; });
  }
  const ended = once(child, 'close').then(([status]) => ({ status, output }));
  return { child, output: () => output, ended };
}

async function run(root: string, words: string[]): Promise<Ended> {
  const { status, output } = await start(root, words).ended;
  return { status, said: alike(output, root) };
}

/** Without what differs from folder to folder: its name, where its lines break, ports and times. */
function alike(output: string, root: string): string {
  const text = output.replace(/\s+/g, ' ');
  return text.replaceAll(root, '<course>')
    .replace(/(127\.0\.0\.1|localhost):\d+/g, '$1:N')
    .replace(/after \d+ ms/g, 'after N ms')
    .replace(/Date: [^←]*GMT/g, 'Date: …')
    .replace(/sid=[\w-]+/g, 'sid=…');
}

/** In both folders; what is said in the odd one is given back. */
async function sameInBoth(...words: string[]): Promise<Ended> {
  const [there, here] = await Promise.all([run(plain, words), run(odd, words)]);
  assert.deepEqual(here, there, `npm run ${words.join(' ')}`);
  return here;
}

function writeAnswer(code: string): void {
  for (const root of [plain, odd]) writeFileSync(join(root, exercise, 'answer.ts'), code);
}

function solution(): string {
  const file = join(project, exercise, 'proof', 'solution.ts');
  return asIfIn(join(project, exercise), readFileSync(file, 'utf8'), file);
}

const http = `import { createServer } from 'node:http';\n`;
const nowhere = '✘ X3 an import leads nowhere';

/** What is said of each: code and name of the mistake, its line, and the way out. */
const answers: [what: string, code: string, said: string[]][] = [
  ['is the solution', solution(), ['✔ All 7 steps hold.']],
  ['throws at a request', `${http}createServer((request, response) => {
  const item: any = undefined;
  response.end(item.name);
}).listen(3000);
`, ['✘ X24 ended in the middle', '/answer.ts, line 4']],
  ['throws at its start', `${http}
throw new Error('no menu');
`, ['✘ X4 an error before the first request', '/answer.ts, line 3']],
  ['imports a file that is not there', `${http}import { tea } from './tea.ts';
console.log(tea);
`, [nowhere, '/answer.ts, line 2']],
  ['imports a file without its ending', `${http}import { router } from '../../router';
console.log(router);
`, [nowhere, '/answer.ts, line 2', 'There is a file "router.ts". Write the ending too.']],
  ['imports a package', `${http}import { tea } from 'tea';
console.log(tea);
`, [nowhere, '/answer.ts, line 2', 'The lessons need no package.']],
  ['imports a name that is not there', `${http}import { tea } from '../../router.ts';
console.log(tea);
`, [nowhere, '/answer.ts, line 2']],
  ['cannot be read', `${http}createServer((request, response) => {
  response.end('tea';
}).listen(3000);
`, ['✘ X2 not TypeScript yet', '/answer.ts, line 3']],
  ['gives a wrong answer', `${http}createServer((request, response) => {
  response.end('tea');
}).listen(3000);
`, ['✘ not as asked', '/answer.ts, line 3 (the answer came from there)']],
];

const wrongAnswer = answers.at(-1)![1];

function assertSaid(text: string, ...wanted: string[]): void {
  assert.deepEqual(wanted.filter((one) => !text.includes(one)), [], text);
}

describe('in a folder with an odd name', () => {
  for (const [what, code, wanted] of answers) {
    test(`check says the same of an answer that ${what}`, async () => {
      writeAnswer(code);
      assertSaid((await sameInBoth('check', '4', 'categories', 'once')).said, ...wanted);
    });
  }

  test('replay … failed shows the same lines', async () => {
    writeAnswer(wrongAnswer);
    const { said } = await sameInBoth('replay', '4', 'categories', 'failed');
    assertSaid(said, " response.end('tea');");
  });

  test('replay shows the same lines, of a lesson and of a file', async () => {
    assert.match((await sameInBoth('replay', '4', '2', 'lines')).said, / router \d+ /);
    const { said } = await sameInBoth('replay', `${exercise}/answer.ts`, 'tea', 'all');
    assertSaid(said, " answer 3 response.end('tea');");
  });

  test('try sends the same requests, also to a database', async () => {
    for (const words of [['4', '2'], ['18', '1']]) {
      const { said } = await sameInBoth('try', ...words);
      assertSaid(said, '✔ This is what requests.http promises.');
    }
  });

  test('lab shows the same', async () => {
    assertSaid((await sameInBoth('lab', '17', 'torn')).said, 'The journal is as it was.');
  });

  test('new makes the same exercise, and check … proof proves it', async () => {
    for (const words of [['new', '7', 'happy-hour'], ['check', '7', 'happy-hour', 'proof']]) {
      const { status, said } = await sameInBoth(...words);
      assertSaid(said, '✔ starter.ts fails', '✔ proof/solution.ts passes');
      assert.deepEqual([status, said.includes('✘')], [0, false], said);
    }
  });

  test('lesson runs the same server, and its guide names the same line', async () => {
    const [, code] = answers.find(([what]) => what === 'throws at a request')!;
    const said = await Promise.all([plain, odd].map((root) => {
      writeFileSync(join(root, 'lessons', '01-hello', 'server.ts'), code);
      return guideIn(root);
    }));
    assert.equal(said[1], said[0]);
    assertSaid(said[1]!, '● "item" was undefined', 'in lessons/01-hello/server.ts, line 4');
  });
});

/** All that `npm run lesson 1` prints, until its guide has told of the first request. */
async function guideIn(root: string): Promise<string> {
  const { child, output, ended } = start(root, ['lesson', '1', 'port', '0']);
  const until = async (form: RegExp): Promise<string> => {
    while (!form.test(output())) await Promise.race([once(child.stdout, 'data'), ended]);
    return form.exec(output())![1]!;
  };
  const url = await until(/(http:\/\/localhost:\d+) /);
  await fetch(url.replace('localhost', '127.0.0.1'));
  await until(/(Lesson {2}\d+)/);
  child.kill('SIGTERM');
  await ended;
  return alike(output(), root).replace(' Lesson 1, hello has stopped.', '');
}
