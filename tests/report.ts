// What a run leaves to say at its end: what was skipped and why, and what took longest.
//
//   Skipped: 6 of tests/browser/login.test.ts (There is no Chromium here.)
//   Slowest: 8.2 s  tests/check.test.ts, "a loop without an end is found"

import { relative } from 'node:path';
import type { run } from 'node:test';

type Done = { name: string; file: string; seconds: number; skip: string | undefined };

export function followTests(tests: ReturnType<typeof run>, root: string): Done[] {
  const done: Done[] = [];
  let parent = -1; // the nesting of a test that has others in it
  tests.on('test:plan', ({ nesting }) => { parent = nesting - 1; });
  for (const event of ['test:pass', 'test:fail'] as const) {
    tests.on(event, ({ name, file = '', nesting, details, skip }) => {
      const isParent = nesting === parent;
      parent = -1;
      if (isParent) return;
      const path = relative(root, file).replaceAll('\\', '/');
      done.push({ name, file: path, seconds: details.duration_ms / 1000, skip: reasonOf(skip) });
    });
  }
  return done;
}

function reasonOf(skip: string | boolean | undefined): string | undefined {
  if (skip === undefined || skip === false) return undefined;
  return skip === true || skip === '' ? 'no reason' : skip;
}

export function saySkipped(done: Done[]): string[] {
  const counts = new Map<string, number>();
  for (const { file, skip } of done) {
    if (skip === undefined) continue;
    const what = `${file} (${skip.replace(/\.$/, '')})`;
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  return [...counts].map(([what, count]) => `Skipped: ${count} of ${what}`);
}

export function saySlowest(done: Done[], count = 10): string[] {
  const slowest = [...done].sort((one, other) => other.seconds - one.seconds).slice(0, count);
  return slowest.map(({ seconds, file, name }) => (
    `Slowest: ${seconds.toFixed(1)} s  ${file}, "${name}"`
  ));
}

/** A sentence for each kind of skipped test that a strict run must not skip. */
export function sayMissed(done: Done[], mustRun: string[]): string[] {
  const missed = done.filter(({ file }) => mustRun.some((path) => file.startsWith(path)));
  const why = 'A strict run skips nothing here, but skipped';
  return saySkipped(missed).map((line) => `${line.replace('Skipped:', why)}.`);
}
