// What a check can do to a program's files: break one, make saving fail, and see whether one was written over.
//
//   cafe.put(…), cafe.block(…), cafe.unblock(…), cafe.link(…), cafe.starts()

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { checkProgram } from '../lessons/classroom/check/check.ts';
import type { Verdict } from '../lessons/classroom/check/verdict.ts';
import type { Cafe, Step } from '../lessons/classroom/check/format.ts';
import { keepSpares } from '../lessons/classroom/check/spare.ts';

const spares = keepSpares(2);
const folders: string[] = [];
after(() => {
  spares.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
});

/** Keeps what is posted in cups.json; refuses to start when that file is no list. */
const program = (save: string) => `
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
const file = process.env.DATA_DIR + '/cups.json';
const cups = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
createServer((req, res) => {
  try {
    if (req.method === 'POST') { cups.push(cups.length + 1); ${save} }
    res.end(JSON.stringify(cups));
  } catch {
    cups.pop();
    res.writeHead(500).end();
  }
}).listen(3000);
`;
const swapping = program("writeFileSync(file + '.new', JSON.stringify(cups)); renameSync(file + '.new', file);");
const overwriting = program('writeFileSync(file, JSON.stringify(cups));');

async function check(text: string, ...steps: Step[]): Promise<Verdict> {
  const root = mkdtempSync(join(tmpdir(), 'check-'));
  folders.push(root);
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(root, 'answer.ts'), text);
  spares.refill();
  return checkProgram({ file: join(root, 'answer.ts'), check: { steps }, spares, root });
}

const post = (json: unknown, before?: Step['before']): Step => ({ story: 'A cup more.', ...(before && { before }), ask: 'POST /', want: { status: 200, json } });
const passed = (steps: number) => ({ passed: true as const, steps, notes: [] });

test('block() lets saves fail, and unblock() brings the file back as it was', async () => {
  const steps: Step[] = [
    post([1]),
    { story: 'Nothing can be saved.', before: (cafe) => cafe.block('cups.json'), ask: 'POST /', want: { status: 500 } },
    post([1, 2], (cafe) => { cafe.unblock('cups.json'); assert.equal(cafe.file('cups.json'), '[1]'); }),
    post([1, 2, 3], 'restart'),
  ];
  for (const text of [swapping, overwriting]) assert.deepEqual(await check(text, ...steps), passed(4));
});

test('block() works before there is a file', async () => {
  const verdict = await check(swapping, { story: 'Nothing can be saved.', before: (cafe) => cafe.block('cups.json'), ask: 'POST /', want: { status: 500 } }, post([1], (cafe) => cafe.unblock('cups.json')));
  assert.deepEqual(verdict, passed(2));
});

test('link() tells a file that was written over from one that was swapped in', async () => {
  for (const [text, seen] of [[swapping, '[1]'], [overwriting, '[1,2]']] as const) {
    const links = new Map<Cafe, () => string>();
    const verdict = await check(text, post([1]), post([1, 2], (cafe) => { links.set(cafe, cafe.link('cups.json')); }), { story: 'And now?', ask: 'GET /', want: { holds: (_came, cafe) => { assert.equal(links.get(cafe)!(), seen); return undefined; } } });
    assert.deepEqual(verdict, passed(3));
  }
});

test('starts() tells whether a program starts on a file, and it can be repaired and asked afterwards', async () => {
  const said: boolean[] = [];
  const verdict = await check(swapping, post([1]), post([1, 2, 3], async (cafe) => {
    cafe.put('cups.json', '[1');
    said.push(await cafe.starts());
    cafe.put('cups.json', '[1,2]');
    said.push(await cafe.starts());
  }));
  assert.deepEqual(said, [false, true]);
  assert.deepEqual(verdict, passed(2));
});

test('a program that does not start after starts() is told of at the next question', async () => {
  const verdict = await check(swapping, post([1], async (cafe) => {
    cafe.put('cups.json', '[1');
    await cafe.starts();
  }));
  assert.equal(verdict.passed ? '' : verdict.mistake.code, 'X4');
});

test('what lies in a wrong folder is told before anything that follows from it', async () => {
  const verdict = await check(swapping.replace("process.env.DATA_DIR + '/cups.json'", "'cups.json'"), post([1]), {
    ...post([1, 2], 'restart'), mistakes: [{ code: 'Z1', name: 'lost', fits: () => true, says: 'The cup is lost.', tryThis: 'Save it.' }],
  });
  assert.equal(verdict.passed ? '' : verdict.mistake.code, 'X14');
});
