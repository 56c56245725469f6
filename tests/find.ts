// Which test files are meant?
//
//   npm test router menu  ──►  ['tests/router.test.ts', 'lessons/09-logic/menu.test.ts', …]
//
// Paths are given from the root on, with forward slashes on every system. tests/bench is
// left out: it measures, and installs what it compares with in its own folder.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const notSearched = ['bench', 'node_modules'];

/** Those of the project, and those that stand beside a lesson. */
export function findTests(root: string): string[] {
  return [...testsIn(root, 'tests/'), ...testsIn(root, 'lessons/')];
}

function testsIn(root: string, within: string): string[] {
  return readdirSync(join(root, within), { withFileTypes: true })
    .filter((entry) => !notSearched.includes(entry.name))
    .flatMap((entry) => {
      const path = within + entry.name;
      if (entry.isDirectory()) return testsIn(root, `${path}/`);
      return path.endsWith('.test.ts') ? [path] : [];
    })
    .sort();
}

/** Without words every path is meant; with words, each path that contains one of them. */
export function named(paths: string[], words: string[]): string[] {
  if (words.length === 0) return paths;
  return paths.filter((path) => words.some((word) => path.includes(word)));
}
