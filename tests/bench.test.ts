// The benchmarks: their arithmetic, their tables, and one short run of each.
//
//   bare 20 µs, ours 25 µs  ──►  0.80

import assert from 'node:assert/strict';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { run } from '../lessons/classroom/commands/bench.ts';
import { cases, isAsked } from './bench/cases.ts';
import { gather } from './bench/crowd.ts';
import { readAnswer } from './bench/fair.ts';
import { bench, sayMissing } from './bench/http.ts';
import { bench as benchLogin, explain } from './bench/login.ts';
import { missingPeers } from './bench/peers.ts';
import { compare, leanestOf, median } from './bench/ratios.ts';
import { table } from './bench/table.ts';
import { growth, limits, p99, waitsTable } from './bench/waits.ts';

const second = (cpu: number, answers: number) => ({ cpu, answers, took: 1000 });

test('compare() takes the ratio within each round, and the median of the ratios', () => {
  const bare = [second(200, 10), second(800, 20), second(100, 10)];
  const ours = [second(250, 10), second(800, 20), second(80, 8)];
  assert.deepEqual(compare('ours', ours, bare), {
    server: 'ours',
    cpu: { middle: 1, lowest: 0.8, highest: 1 },
    speed: { middle: 1, lowest: 0.8, highest: 1 },
    microseconds: 25,
    perSecond: 10,
    busy: 0.00025,
  });
});

test('median() is the one in the middle, or half-way between the two there', () => {
  assert.equal(median([30, 10, 20]), 20);
  assert.equal(median([40, 10, 20, 30]), 25);
});

test('leanestOf() leaves out the turns that were disturbed', () => {
  assert.deepEqual(leanestOf([second(900, 10), second(410, 20), second(210, 10)]), second(410, 20));
});

test('table() shows the leanest server first', () => {
  const bare = { server: 'bare', cpu: { middle: 1, lowest: 1, highest: 1 }, speed: { middle: 1, lowest: 1, highest: 1 }, microseconds: 22.14, perSecond: 42310.4, busy: 1 };
  const lean = { server: 'ours', cpu: { middle: 1.01, lowest: 0.94, highest: 1.1 }, speed: { middle: 0.96, lowest: 0.9, highest: 1.02 }, microseconds: 21.9, perSecond: 40600, busy: 1 };
  assert.equal(table('GET text', [bare, lean]), [
    'GET text',
    '',
    '           processor time for one request    requests per second',
    '  ours     1.01  0.94–1.10    21.9 µs        0.96  0.90–1.02    40,600',
    '  bare     1.00               22.1 µs        1.00               42,310',
  ].join('\n'));
});

test('readAnswer() takes status, media type, length and body from the bytes', () => {
  const answer = 'HTTP/1.1 201 Created\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: 9\r\n\r\n{"id":42}';
  assert.deepEqual(readAnswer(answer), { status: 201, type: 'application/json', length: 9, body: '{"id":42}' });
});

test('the POST carries 300 bytes of JSON', () => {
  const [, body = ''] = cases[2]!.request.split('\r\n\r\n');
  assert.equal(Buffer.byteLength(body), 300);
});

test('isAsked() leaves out those that know no guests, and only there', () => {
  const asked = (server: string) => cases.filter((one) => isAsked(one, server)).map(({ name }) => name);
  const all = cases.map(({ name }) => name);
  assert.deepEqual(asked('ours'), all);
  assert.deepEqual(asked('bare'), all);
  assert.deepEqual(asked('koa'), all.filter((name) => name !== 'GET JSON by one who is logged in'));
});

test('p99() is what 99 of 100 did not exceed', () => {
  const waits = Array.from({ length: 200 }, (_, index) => 200 - index);
  assert.equal(p99(waits), 198);
  assert.equal(p99([7, 3]), 7);
});

test('waitsTable() shows how the p99 has grown, and whether that is too much', () => {
  const menu = { name: 'GET /menu', quiet: [0.5, 0.625, 1.75], crowded: [0.5, 0.75, 6.75] };
  const notes = { name: 'POST /api/notes', quiet: [2, 3, 4], crowded: [1, 103, 10.25] };
  const session = { name: 'GET /api/session', quiet: [1, 1, 3], crowded: [1, 1, 2.5] };
  assert.equal(waitsTable('While eight log in', [menu, session, notes], growth), [
    'While eight log in',
    '',
    '                    quiet                     crowded',
    '                    median        p99         median        p99',
    '  GET /menu          0.63 ms    1.75 ms        0.75 ms    6.75 ms    p99   +5.00 ms    ✔ at most +5 ms',
    '  GET /api/session   1.00 ms    3.00 ms        1.00 ms    2.50 ms    p99   -0.50 ms    ✔ at most +5 ms',
    '  POST /api/notes    3.00 ms    4.00 ms       10.25 ms  103.00 ms    p99  +99.00 ms    ✘ at most +5 ms',
  ].join('\n'));
});

test('waitsTable() measures a save by what it takes with the crowd', () => {
  const fast = { name: 'fast', quiet: [50], crowded: [0.99, 0.99, 9.99] };
  const slow = { name: 'slow', quiet: [0.5], crowded: [0.5, 1, 10] };
  assert.deepEqual(waitsTable('A save', [fast, slow], limits).split('\n').slice(4), [
    '  fast              50.00 ms   50.00 ms        0.99 ms    9.99 ms    ✔ median below 1 ms    ✔ p99 below 10 ms',
    '  slow               0.50 ms    0.50 ms        1.00 ms   10.00 ms    ✘ median below 1 ms    ✘ p99 below 10 ms',
  ]);
});

test('gather() lets each begin again at once, and leave() waits until all are gone', async () => {
  let [inside, most, begun] = [0, 0, 0];
  const crowd = gather(3, async () => {
    begun += 1;
    most = Math.max(most, ++inside);
    await new Promise((resolve) => { setTimeout(resolve, 5); });
    inside -= 1;
  });
  while (begun < 9) await new Promise((resolve) => { setTimeout(resolve, 1); });
  const done = await crowd.leave();
  const [left, begunThen] = [inside, begun];
  await new Promise((resolve) => { setTimeout(resolve, 20); });
  assert.deepEqual({ most, left, late: begun - begunThen, inFlight: begun - done }, { most: 3, left: 0, late: 0, inFlight: 3 });
});

test('leave() tells what went wrong in the crowd', async () => {
  const crowd = gather(2, async () => { throw new Error('The door is locked.'); });
  await assert.rejects(crowd.leave(), new Error('The door is locked.'));
});

test('explain() says when other programs were at work', () => {
  const busy = 'Other programs were at work when it began (load 3.1), and these figures are theirs as well: run it again when they are done.';
  assert.equal(explain(3.07, 4).split('\n')[1], busy);
  assert.equal(explain(2, 4).includes('Other programs'), false);
});

test('sayMissing() says in one sentence what to run', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  t.after(() => rmdirSync(folder));
  const missing = missingPeers(pathToFileURL(`${folder}/`));
  assert.ok(missing.includes('fastify') && missing.includes('express'));
  assert.equal(sayMissing(['koa', 'polka']), 'Only ours is measured, since koa, polka are not installed: "npm install --prefix tests/bench" adds what it can be compared with.');
});

test('npm run bench refuses words that it does not know', async () => {
  const advice = { name: 'Advice', message: 'Say what shall be measured: npm run bench http, or npm run bench login. With "quick" behind it, it takes less time and is coarser.' };
  for (const words of [[], ['html'], ['http', 'fast'], ['login', 'quick', 'now']]) await assert.rejects(run(words), advice);
});

test('bench() measures ours against bare, and gives one table for each case', { timeout: 60_000 }, async () => {
  const printed: string[] = [];
  await bench(['bare', 'ours'], { starts: 1, rounds: 1, turns: 1, warm: 50, turn: 50 }, (text) => printed.push(text));
  const tables = printed.filter((text) => text.includes('processor time for one request'));
  assert.deepEqual(tables.map((text) => text.trim().split('\n')[0]), cases.map(({ name }) => name));
  for (const text of tables) assert.match(text, /^ {2}ours +\d+\.\d\d +\d+\.\d µs +\d+\.\d\d +[\d,]+$/m);
  assert.match(printed.at(-1)!, /^Node \d+.*; one round; /m);
});

test('npm run bench login measures requests of the café, and a save of the store alone', { timeout: 60_000 }, async () => {
  const printed: string[] = [];
  await benchLogin({ cost: 2 ** 12, warm: 1, phase: 200 }, (text) => printed.push(text));
  const rows = printed.join('\n').split('\n').filter((text) => /[✔✘]/.test(text));
  const numbers = / +\d+\.\d\d ms/g;
  assert.deepEqual(rows.map((row) => [row.slice(2, 18).trim(), row.match(numbers)?.length]), [['GET /menu', 4], ['GET /api/session', 4], ['POST /api/notes', 4], ['a save', 4]]);
  const rates = printed.join('\n').match(/[\d.]+(?= (?:logins|hashes) a second)/g);
  assert.deepEqual(rates?.map((rate) => Number(rate) > 0), [true, true]);
});
