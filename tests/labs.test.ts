// The labs of lessons 17 and 18: what they show is so, each time.
//
//   npm run lab 18 together quick  ──►  one transaction   ✔✔✔✔   0 of 4 with half an order

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { root } from '../lessons/classroom/course.ts';

async function lab(t: TestContext, ...words: string[]): Promise<string> {
  const { NODE_TEST_CONTEXT, ...env } = process.env;
  const child = spawn(process.execPath, [join(root, 'lessons/classroom/launch.js'), 'lab', ...words], { cwd: root, env: { ...env, NO_COLOR: '1' } });
  t.after(() => child.kill('SIGKILL'));
  const written = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => { written.stdout += text; });
  child.stderr.setEncoding('utf8').on('data', (text) => { written.stderr += text; });
  const [status] = await once(child, 'close');
  assert.deepEqual([status, written.stderr], [0, '']);
  return written.stdout;
}

const rowsOf = (text: string) => text.replace(/\d+\.\d+ ms/g, 'N ms').split('\n').map((line) => line.trim().split(/ {2,}/));

describe('the labs of lesson 17', () => {
  test('"written" and "price" show one row for each way and each size', async (t) => {
    assert.deepEqual(rowsOf(await lab(t, '17', 'written', 'quick')).filter(([, time]) => time !== undefined), [
      ['one line, written', 'N ms'], ['one line, written and flushed', 'N ms'], ['64 lines, a flush for each', 'N ms'], ['64 lines, one flush for all', 'N ms'],
    ]);
    assert.deepEqual(rowsOf(await lab(t, '17', 'price', 'quick')), [['Records', 'Everything, lesson 11', 'One line, lesson 17'], ...['10', '100', '1,000'].map((size) => [size, 'N ms', 'N ms']), ['']]);
  });

  test('"torn" shows that a torn tail is dropped and damage is refused', async (t) => {
    assert.match(await lab(t, '17', 'torn'), /was cut at each of 143 places\. It opened 143 times:\n  142 times with the orders of ada and bob,\n  1 time with all three: only the line break was missing\.\n[^]* line 2 is damaged: its checksum does not match, but whole lines come after it\. [^]*\nThe journal is as it was\.\n$/);
  });
});

describe('the labs of lesson 18', () => {
  test('are listed with what they are about', async (t) => {
    assert.equal(await lab(t, '18'), `The labs:

  18  at-once   the 100 guests of lesson 11 come again, and the database serves them, too.
  18  killed    the programs of lesson 11 are killed again, and so is the database.
  18  start     how long does a start take after many changes, and a search in many records?
  18  together  an order changes the stock and the till. A program is killed. Do both agree?

Run one: npm run lab 18 at-once
`);
  });

  test('"at-once" shows that the database keeps each order', async (t) => {
    assert.match(await lab(t, '18', 'at-once', 'quick'), /one change after the other +30 of 30 guests were told 201 Created\. Orders in the file: 30\.\nthe database +30 of 30 guests were told 201 Created\. Orders in the file: 30\.\n$/);
  });

  test('"killed" shows that the database loses nothing', async (t) => {
    assert.match(await lab(t, '18', 'killed', 'quick'), /\nthe database +✔✔✔✔\n {2}0 of 4 files broken, 0 orders missing in the others\n/);
  });

  test('"together" shows that two changes leave half an order, and one transaction does not', async (t) => {
    assert.match(await lab(t, '18', 'together', 'quick'), /two changes +✔*✘ +1 of \d+ with half an order\none transaction +✔✔✔✔ +0 of 4 with half an order\n/);
  });

  test('"start" shows one row for each size', async (t) => {
    const rows = (first: string[]) => [first, ...['100', '200', '1,000'].map((size) => [size, 'N ms', 'N ms'])];
    assert.deepEqual(rowsOf(await lab(t, '18', 'start', 'quick')), [
      ...rows(['Changes', 'Start from the journal', 'Start with a snapshot']), [''],
      ...rows(['Records', 'Ten of one guest, by index', 'Looking at each']), [''],
    ]);
  });
});
