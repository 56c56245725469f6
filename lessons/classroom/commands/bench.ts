// npm run bench: what does a request cost, and with the others? Who waits while people log in?
//
//   npm run bench http         ──►  tests/bench/http.ts, about seven minutes
//   npm run bench http quick   ──►  the same, coarser, in about a minute
//   npm run bench login        ──►  tests/bench/login.ts, about a minute
//   npm run bench login quick  ──►  the same, coarser, in less than half a minute

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Advice } from '../advice.ts';
import { root } from '../course.ts';

export async function run([what = '', speed, ...more]: string[], at = root): Promise<void> {
  if (!['http', 'login'].includes(what) || (speed !== undefined && speed !== 'quick') || more.length > 0) throw new Advice('Say what shall be measured: npm run bench http, or npm run bench login. With "quick" behind it, it takes less time and is coarser.');
  const file = join(at, 'tests', 'bench', `${what}.ts`);
  if (!existsSync(file)) throw new Advice(`There is no tests/bench/${what}.ts, so there is nothing to measure with. Get the whole project again.`);
  const benchmark = await import(pathToFileURL(file).href);
  await benchmark.run(speed === 'quick');
}
