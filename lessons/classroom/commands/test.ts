// npm test: the project's own tests.
//
//   npm test router  ──►  tests/run.ts, which reads the word "router" itself
//
// It sets the exit status by itself, so there is nothing to return.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Advice } from '../advice.ts';
import { root } from '../course.ts';

export async function run(_words: string[], at = root): Promise<void> {
  const file = join(at, 'tests', 'run.ts');
  if (!existsSync(file)) {
    throw new Advice(
      'There is no tests/run.ts, so there are no tests to run. ' +
      'Get the whole project again.',
    );
  }
  await import(pathToFileURL(file).href);
}
