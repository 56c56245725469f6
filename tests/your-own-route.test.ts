// The page "A route of your own" does what it says, block by block, on a copy of the course.
//
//   ```diff lessons/10-api/menu-api.ts   ──►  the lines are added to that file of the copy
//   ```ts lessons/10-api/….test.ts       ──►  the file is written
//   ```sh                                ──►  the commands run there
//   ```text                              ──►  and print this

import assert from 'node:assert/strict';
import {
  cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { applyPatch } from '../lessons/classroom/check/patch.ts';
import { root as project } from '../lessons/classroom/course.ts';
import { startServer } from '../lessons/classroom/start.ts';
import { countWords, partsOf, type Block } from './laws/markdown.ts';
import { asShown, kindOf, runOn, withoutNpm } from './readme/commands.ts';
import { notSeen } from './readme/output.ts';
import { answersHttp, findFreePort, start, type Program } from './readme/program.ts';

const page = readFileSync(join(project, 'lessons/your-own-route.md'), 'utf8');
const { blocks } = partsOf(page);
const forgotten = blocks.filter(({ heading }) => heading === 'When a step is forgotten');
const steps = blocks.filter((block) => !forgotten.includes(block));
const { scripts } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));

const copy = mkdtempSync(join(tmpdir(), 'your-own-route-'));
copyCourse();
let server: Program | undefined;
after(async () => {
  await server?.end();
  rmSync(copy, { recursive: true, force: true, maxRetries: 5 });
});

function copyCourse(): void {
  const leaveOut = /[\\/](node_modules|exercises|data|browser|bench|\.running|\.progress[^\\/]*)$/;
  const filter = (name: string) => !leaveOut.test(name.slice(project.length));
  for (const part of ['lessons', 'db', 'tests', 'package.json', 'tsconfig.json', 'server.ts']) {
    cpSync(join(project, part), join(copy, part), { recursive: true, filter });
  }
  const packages = join(project, 'node_modules');
  if (existsSync(packages)) symlinkSync(packages, join(copy, 'node_modules'), 'junction');
}

const read = (file: string) => readFileSync(join(copy, file), 'utf8');
const write = (file: string, text: string) => writeFileSync(join(copy, file), text);

/** Its lines with "+" come, its lines with "-" go. Fails where the page does not fit the file. */
function change({ file, line, lines }: Block): void {
  const patch = lines.map((text, index) => ({ text, at: `the page, line ${line + 1 + index}` }));
  write(file, applyPatch(read(file).split('\n'), patch, file).join('\n'));
}

async function run(command: string, shown: string[], status = 0): Promise<void> {
  const node = withoutNpm(command, scripts);
  if (kindOf(command) === 'server') {
    await server?.end();
    const port = await findFreePort();
    const { env, ...words } = runOn(port, node);
    const started = server = start(words.command, env, copy);
    const seen = () => asShown(started.output(), port, { env, ...words });
    if (shown.length === 0) assert.ok(await answersHttp(port, started), seen());
    await started.until(() => notSeen(shown, seen()) === undefined);
    return assertShown(command, shown, seen());
  }
  const program = start(node, {}, copy);
  assert.equal(await program.exited, status, `"${command}" printed:\n${program.output()}`);
  assertShown(command, shown, program.output());
}

function assertShown(command: string, shown: string[], seen: string): void {
  assert.equal(notSeen(shown, seen), undefined, `"${command}" printed:\n${seen}`);
}

test('the page is short, and a route needs three files', () => {
  const words = countWords(page);
  assert.ok(words <= 700, `${words} words`);
  const route = steps.filter(({ heading }) => /^\d\. /.test(heading));
  const files = route.map(({ file }) => file).filter((file) => file !== '');
  assert.deepEqual(new Set(files).size, 3, files.join(', '));
});

test('each step of the page does what it says', async (t) => {
  for (const [index, block] of steps.entries()) {
    const { language, file, line, lines, heading } = block;
    if (language === 'text') continue;
    await t.test(`${heading}, line ${line}`, async () => {
      if (language === 'diff') return change(block);
      if (language === 'ts') return write(file, `${lines.join('\n')}\n`);
      const next = steps[index + 1];
      const shown = next?.language === 'text' ? next.lines : [];
      for (const command of lines) await run(command, command === lines.at(-1) ? shown : []);
    });
  }
  await server?.end();
  server = undefined;
});

const espresso = {
  id: 1, name: 'Espresso', price: 220, category: 'coffee', stock: 200, version: 1,
};

// With the role and the page that the last part of the page adds.
for (const [name, file, status] of [
  ['lesson 10', 'lessons/10-api/server.ts', 200], ['lesson 15', 'lessons/15-login/server.ts', 200],
  ['lesson 16', 'lessons/16-rights/server.ts', 401],
  ['lesson 17', 'lessons/17-journal/server.ts', 401],
  ['lesson 18', 'lessons/18-database/server.ts', 401], ['the café', 'server.ts', 401],
] as const) {
  test(`the new route is in ${name}, and is answered with ${status}`, async () => {
    const { url, stop } = await serve(file);
    const answer = await fetch(`${url}/api/menu/cheapest`);
    assert.equal(answer.status, status);
    if (status === 200) assert.deepEqual(await answer.json(), espresso);
    if (name !== 'lesson 10') await assertPage(url);
    await stop();
  });
}

function serve(file: string) {
  const dataDir = mkdtempSync(join(copy, 'data-'));
  return startServer({ file: join(copy, file), cwd: copy, port: 0, dataDir });
}

async function assertPage(url: string): Promise<void> {
  const page = await (await fetch(`${url}/cheapest`)).text();
  assert.match(page, /<a href="\/cheapest" aria-current="page">Cheapest<\/a>/);
  assert.match(page, /<h1>Espresso<\/h1>/);
}

for (const [index, block] of forgotten.entries()) {
  if (block.language !== 'diff') continue;
  test(`forgotten, line ${block.line}: the reader is told so`, async () => {
    const whole = read(block.file);
    change(block);
    await meet(forgotten.slice(index + 1));
    await server?.end();
    server = undefined;
    write(block.file, whole);
  });
}

/** Without a command of its own, a mistake is met at the café's start. */
async function meet([next, ...more]: Block[]): Promise<void> {
  if (next?.language !== 'sh') return run('npm start', next?.lines ?? []);
  const [start = '', send = ''] = next.lines;
  const [printed, logged] = more.map(({ lines }) => lines);
  await run(start, []);
  await run(send, printed ?? [], 1);
  await server!.until((seen) => notSeen(logged ?? [], seen) === undefined);
  assertShown(start, logged ?? [], server!.output());
}
