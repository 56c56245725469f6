// npm run bench: what does a request cost, and with the others?
//
//   npm run bench http        ──►  tests/bench/http.ts, about four minutes
//   npm run bench http quick  ──►  the same, coarser, in less than half a minute

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Advice } from '../advice.ts';
import { root } from '../course.ts';

export async function run([what, speed, ...more]: string[], at = root): Promise<void> {
  if (what !== 'http' || (speed !== undefined && speed !== 'quick') || more.length > 0) throw new Advice('Say what shall be measured: npm run bench http, or npm run bench http quick.');
  const file = join(at, 'tests', 'bench', 'http.ts');
  if (!existsSync(file)) throw new Advice('There is no tests/bench/http.ts, so there is nothing to measure with. Get the whole project again.');
  const benchmark = await import(pathToFileURL(file).href);
  await benchmark.run(speed === 'quick');
}
