// The benchmark: its arithmetic, its table, and one short run against bare node:http.
//
//   bare 20 µs, ours 25 µs  ──►  0.80

import assert from 'node:assert/strict';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { run } from '../lessons/classroom/commands/bench.ts';
import { cases } from './bench/cases.ts';
import { readAnswer } from './bench/fair.ts';
import { bench, sayMissing } from './bench/http.ts';
import { missingPeers } from './bench/peers.ts';
import { compare, leanestOf, median } from './bench/ratios.ts';
import { table } from './bench/table.ts';

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

test('sayMissing() says in one sentence what to run', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  t.after(() => rmdirSync(folder));
  const missing = missingPeers(pathToFileURL(`${folder}/`));
  assert.ok(missing.includes('fastify') && missing.includes('express'));
  assert.equal(sayMissing(['koa', 'polka']), 'Only ours is measured, since koa, polka are not installed: "npm install --prefix tests/bench" adds what it can be compared with.');
});

test('npm run bench refuses words that it does not know', async () => {
  const advice = { name: 'Advice', message: 'Say what shall be measured: npm run bench http, or npm run bench http quick.' };
  for (const words of [[], ['html'], ['http', 'fast'], ['http', 'quick', 'now']]) await assert.rejects(run(words), advice);
});

test('bench() measures ours against bare, and gives one table for each case', { timeout: 60_000 }, async () => {
  const printed: string[] = [];
  await bench(['bare', 'ours'], { starts: 1, rounds: 1, turns: 1, warm: 50, turn: 50 }, (text) => printed.push(text));
  const tables = printed.filter((text) => text.includes('processor time for one request'));
  assert.deepEqual(tables.map((text) => text.trim().split('\n')[0]), cases.map(({ name }) => name));
  for (const text of tables) assert.match(text, /^ {2}ours +\d+\.\d\d +\d+\.\d µs +\d+\.\d\d +[\d,]+$/m);
  assert.match(printed.at(-1)!, /^Node \d+.*; one round; /m);
});
