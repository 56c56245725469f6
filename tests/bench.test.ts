// The benchmarks: their arithmetic, their tables, and one short run of each.
//
//   bare 20 µs, ours 25 µs  ──►  0.80

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { run } from '../lessons/classroom/commands/bench.ts';
import { cases, isAsked } from './bench/cases.ts';
import { contestantsWithout } from './bench/contestants.ts';
import { crash, problemIn, run as benchCrash } from './bench/crash.ts';
import { gather } from './bench/crowd.ts';
import { bench as benchDb, explain as explainDb, sayWhoIsMissing } from './bench/db.ts';
import { onDisk } from './bench/disks.ts';
import { readAnswer } from './bench/fair.ts';
import { add, figuresTable, show, type Figures } from './bench/figures.ts';
import { goals, goalsTable, judge } from './bench/goals.ts';
import { bench, sayMissing } from './bench/http.ts';
import { bench as benchLogin, explain } from './bench/login.ts';
import { databases, frameworks, missingPeers, unusablePeers } from './bench/peers.ts';
import { compare, leanestOf, median } from './bench/ratios.ts';
import { ownTime } from './bench/runqueue.ts';
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
  const missing = (wanted: string[]) => missingPeers(wanted, pathToFileURL(`${folder}/`));
  assert.ok(frameworks.includes('fastify') && frameworks.includes('express') && !frameworks.includes('lowdb'));
  assert.deepEqual(missing(frameworks), frameworks);
  assert.deepEqual(missing(['koa']), ['koa']);
  assert.equal(sayMissing(['koa', 'polka']), 'Only ours is measured, since koa, polka are not installed: "npm install --prefix tests/bench" adds what it can be compared with.');
});

test('npm run bench refuses words that it does not know', async () => {
  const advice = { name: 'Advice', message: 'Say what shall be measured: npm run bench http, login, db or crash. With "quick" behind it, it takes less time and is coarser; behind crash, a number says how often.' };
  for (const words of [[], ['html'], ['http', 'fast'], ['login', 'quick', 'now'], ['db', '100'], ['crash', '0'], ['crash', '1e3'], ['crash', '5', 'quick']]) await assert.rejects(run(words), advice);
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

test('figuresTable() shows the median, and beside it the ratio within each round', () => {
  const figures: Figures = new Map();
  for (const figure of [1_000, 3_000, 2_000]) add(figures, 'one', 'disk', figure);
  for (const figure of [500, 3_000, 1_900]) add(figures, 'one', 'ours', figure);
  assert.equal(figuresTable('One writer', 'inserts a second', figures.get('one')!, 'disk', (name) => [name, 'flushed']), [
    'One writer',
    '',
    '                                                      inserts a second       ratio',
    '  disk                    flushed                                2,000           1',
    '  ours                    flushed                                1,900        0.95  0.5–1',
  ].join('\n'));
});

test('figuresTable() shows lowest and highest of the figures when that which is level is missing', () => {
  assert.deepEqual(figuresTable('Memory', 'megabytes', new Map([['ours', [14.1, 14.3]], ['nedb', [27]]]), 'lowdb', (name) => [name, '']).split('\n').slice(2), [
    '                                                             megabytes',
    '  ours                                                            14.2  14.1–14.3',
    '  nedb                                                              27',
  ]);
});

test('show() keeps three digits', () => {
  assert.deepEqual([0.01234, 1.004, 12.34, 123.4, 31_234.5].map((value) => show(value)), ['0.0123', '1', '12.3', '123', '31,235']);
});

test('judge() takes the ratio in each round, then the median, and says nothing without figures', () => {
  const figures: Figures = new Map([
    ['many', new Map([['ours', [30, 60, 10]], ['disk', [40, 50, 20]]])],
    ['pauses', new Map([['during', [4, 6, 3]]])],
  ]);
  const limit = { claim: 'near the limit', over: ['many', 'ours'], under: ['many', 'disk'] } satisfies Partial<(typeof goals)[0]>;
  assert.deepEqual(judge({ ...limit, least: 0.75 }, figures), { value: 0.75, isReached: true });
  assert.deepEqual(judge({ ...limit, least: 0.76 }, figures), { value: 0.75, isReached: false });
  assert.deepEqual(judge({ ...limit, most: 0.75 }, figures), { value: 0.75, isReached: true });
  assert.deepEqual(judge({ ...limit, most: 0.74 }, figures), { value: 0.75, isReached: false });
  assert.deepEqual(judge({ claim: 'no pause', over: ['pauses', 'during'], most: 5 }, figures), { value: 6, isReached: false });
  assert.equal(judge({ claim: 'beside nedb', over: ['many', 'ours'], under: ['many', 'nedb'], least: 1 }, figures), undefined);
  assert.equal(goalsTable(figures, [{ ...limit, least: 0.75 }, { claim: 'no pause', over: ['pauses', 'during'], most: 5, unit: ' ms' }, { claim: 'open', over: ['open', 'ours'], most: 1 }]), [
    'The goals',
    '',
    '  ✔ reached     0.75   near the limit',
    '  ✘ missed      6 ms   no pause',
    '  –  not measured      open',
  ].join('\n'));
});

test('contestantsWithout() leaves out both ways of SQLite when it is missing', () => {
  assert.deepEqual(contestantsWithout(['better-sqlite3', 'lowdb']), ['disk', 'disk-awaited', 'parse', 'ours', 'nedb']);
});

test('unusablePeers() finds what cannot be loaded', async () => {
  assert.deepEqual(await unusablePeers(['node:fs', 'there-is-no-such-package']), ['there-is-no-such-package']);
});

test('sayWhoIsMissing() says what to run', () => {
  assert.equal(sayWhoIsMissing(['lowdb'], ['better-sqlite3']), [
    'Not installed: lowdb. "npm install --prefix tests/bench" adds what ours can be compared with.',
    'Not for this Node: better-sqlite3. "npm rebuild --prefix tests/bench" makes it anew, and needs a C++ compiler where there is no finished one.',
  ].join('\n'));
  assert.equal(sayWhoIsMissing([], []), 'All stores are here.');
});

test('npm run bench db says where the data lay, and when other programs were at work', () => {
  const explained = { load: 1.9, place: '/disk/bench-1', others: [], openings: 3, rounds: 2 };
  assert.equal(explainDb(explained, 4).split('\n')[0], `Node ${process.versions.node}, 4 cores; 2 rounds, 3 openings; the data lay on the disk, in /disk/bench-1.`);
  assert.equal(explainDb(explained, 4).includes('Other programs'), false);
  assert.ok(explainDb({ ...explained, load: 2.1 }, 4).includes('\nOther programs were at work when it began (load 2.1)'));
});

test('ownTime() goes on with the clock, and never faster', async () => {
  const [begin, ownBegin] = [performance.now(), ownTime()];
  await new Promise((resolve) => { setTimeout(resolve, 20); });
  const [own, clock] = [ownTime() - ownBegin, performance.now() - begin];
  assert.ok(own > 0 && own <= clock, `${own} of ${clock}`);
});

test('onDisk() leaves nothing behind', async () => {
  const place = mkdtempSync(join(tmpdir(), 'bench-'));
  await assert.rejects(onDisk(async () => { throw new Error('The disk is full.'); }, place), new Error('The disk is full.'));
  assert.deepEqual(readdirSync(place), []);
  rmdirSync(place);
});

const tiny = { many: 2_000, rounds: 1, turns: 1, warm: 20, turn: 20, openings: 1 };

async function benchDbWithout(missing: string[]): Promise<{ rows: number[]; judged: number }> {
  const printed: string[] = [];
  await benchDb(missing, tiny, (text) => printed.push(text));
  const tables = printed.filter((text) => /^\n[^\n]+\n\n {40}/.test(text));
  const goals = printed.find((text) => text.startsWith('\nThe goals'))!;
  return { rows: tables.map((text) => text.split('\n').length - 4), judged: goals.match(/[✔✘]/g)?.length ?? 0 };
}

const absent = await unusablePeers(databases);

// It starts some dozens of processes, so it is run once: in the one way, or in the other.
test('npm run bench db measures ours beside the disk, when nobody else is there', { timeout: 300_000, skip: absent.length === 0 && 'the others are here: see the next test' }, async () => {
  assert.deepEqual(await benchDbWithout(databases), { rows: [3, 3, 1, 1, 1, 3, 2, 2], judged: 5 });
});

test('npm run bench db measures ours beside the others', { timeout: 300_000, skip: absent.length > 0 && `not installed, or not for this Node: ${absent.join(', ')}` }, async () => {
  assert.deepEqual(await benchDbWithout([]), { rows: [7, 7, 5, 5, 5, 6, 5, 2], judged: goals.length });
});

test('problemIn() names what is lost, half or twice', () => {
  const good = { told: [17, 18], twice: [], lost: [], half: [] };
  assert.equal(problemIn(good), undefined);
  assert.equal(problemIn({ ...good, lost: [17] }), '17 was told, and not there any more.');
  assert.equal(problemIn({ ...good, half: [17, 18] }), '17, 18 were half there: a paid order without its payment, or a payment without its order.');
  assert.equal(problemIn({ ...good, twice: [18] }), '18 was given to two orders.');
  assert.equal(problemIn({ ...good, told: [] }), 'it took no order at all: see above why it ended.');
});

test('crash() ends with the first loss, and names the kill', async () => {
  let kills = 0;
  const cafe = { kept: new Set([1, 2]), snapshots: 3, killOnce: async () => ({ told: [2], twice: [], lost: ++kills === 4 ? [2] : [], half: [] }) };
  assert.deepEqual(await crash(9, () => cafe, () => {}), { isLost: true, sentence: 'Kill 4: 2 was told, and not there any more.' });
  assert.ok(kills <= 5, 'the other one may be under way, and no more');
  const closed = { ...cafe, killOnce: async () => { throw new Error('journal-1.jsonl cannot be used: line 3 is damaged.'); } };
  assert.deepEqual(await crash(1, () => closed, () => {}), { isLost: true, sentence: 'Kill 1: journal-1.jsonl cannot be used: line 3 is damaged.' });
});

test('npm run bench crash kills as often as it is told, and counts', { timeout: 60_000 }, async () => {
  const printed: string[] = [];
  assert.equal(await benchCrash(true, (text) => printed.push(text), 3), 0);
  assert.equal(printed[0], '3 kills under load, 2 cafés at a time:');
  assert.match(printed.at(-1)!, /^3 times killed in \d+ seconds: all of the [1-9]\d* orders that were told are there, none is half there, and all was opened again\. About \d+ snapshots were taken meanwhile\.$/);
});
