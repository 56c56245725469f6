// Which test files are meant?
//
//   npm test router body  ──►  ['router', 'body']  ──►  ['lessons/04-router.test.ts', …]
//
// Paths are given from tests/ on, with forward slashes on every system. tests/bench is
// left out: it measures, and installs what it compares with in its own folder.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const notSearched = ['bench', 'node_modules'];

export function findTests(folder: string, within = ''): string[] {
  return readdirSync(join(folder, within), { withFileTypes: true })
    .filter((entry) => !notSearched.includes(entry.name))
    .flatMap((entry) => {
      const path = within + entry.name;
      if (entry.isDirectory()) return findTests(folder, `${path}/`);
      return path.endsWith('.test.ts') ? [path] : [];
    })
    .sort();
}

/** Without words every path is meant; with words, each path that contains one of them. */
export function named(paths: string[], words: string[]): string[] {
  if (words.length === 0) return paths;
  return paths.filter((path) => words.some((word) => path.includes(word)));
}
