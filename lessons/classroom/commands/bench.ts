// npm run bench: what does a request cost, and with the others? Who waits while people log in? What
// does keeping cost, and is all kept when the program is killed?
//
//   npm run bench http         ──►  tests/bench/http.ts, about seven minutes
//   npm run bench login        ──►  tests/bench/login.ts, about a minute
//   npm run bench db           ──►  tests/bench/db.ts, about five minutes
//   npm run bench crash        ──►  tests/bench/crash.ts, 1,000 kills in some minutes
//   npm run bench http quick   ──►  the same, coarser, in about a minute; so with each of them
//   npm run bench crash 5000   ──►  as many kills as that

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Advice } from '../advice.ts';
import { root } from '../course.ts';

const usage =
  'Say what shall be measured: npm run bench http, login, db or crash. ' +
  'With "quick" behind it, it takes less time and is coarser; ' +
  'behind crash, a number says how often.';

type Status = number | undefined;

export async function run([what = '', speed, ...more]: string[], at = root): Promise<Status> {
  const times = what === 'crash' ? readTimes(speed) : undefined;
  const isKnown = speed === undefined || speed === 'quick' || times !== undefined;
  const isMeasured = ['http', 'login', 'db', 'crash'].includes(what);
  if (!isMeasured || !isKnown || more.length > 0) throw new Advice(usage);
  const file = join(at, 'tests', 'bench', `${what}.ts`);
  if (!existsSync(file)) throw new Advice(noBenchmark(what));
  const benchmark = await import(pathToFileURL(file).href);
  return benchmark.run(speed === 'quick', console.log, times);
}

function noBenchmark(what: string): string {
  return `There is no tests/bench/${what}.ts, so there is nothing to measure with. ` +
    'Get the whole project again.';
}

function readTimes(word = ''): number | undefined {
  return /^[1-9]\d{0,6}$/.test(word) ? Number(word) : undefined;
}
