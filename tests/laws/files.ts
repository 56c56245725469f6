// The repository as a value: what each file says, by its path.
//
//   readFiles('.').get('lessons/04-router/router.ts')  ──►  '// Lesson 04 - the router: …'
//
// A law is a function from such a map to the sentences that say where it is broken. So a
// law can be tried on three small files that break it, and is known to notice.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Files = ReadonlyMap<string, string>;
export type Law = (files: Files) => string[];

const leftOut = [
  /(^|\/)node_modules$/,
  /^\.git$/,
  /^db\/data$/,
  /^tests\/slips$/, // programs that are wrong on purpose
  /^lessons\/classroom\/\.(running|progress)/,
  /\/exercises\/[^/]+\/answer[^/]*\.ts$/,
  /(\.log|\.DS_Store)$/,
];

/** Paths are from the root on, with forward slashes. */
export function listFiles(root: string): string[] {
  return pathsBelow(root, '');
}

/** A file that is not text is there as ''. */
export function readFiles(root: string): Files {
  return new Map(listFiles(root).map((path) => [path, readText(join(root, path))]));
}

function pathsBelow(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder + entry.name;
    if (leftOut.some((pattern) => pattern.test(path))) return [];
    return entry.isDirectory() ? pathsBelow(root, `${path}/`) : [path];
  });
}

function readText(path: string): string {
  const bytes = readFileSync(path);
  return bytes.includes(0) ? '' : bytes.toString('utf8');
}

/** What git would publish: tracked files and new ones that are not ignored. */
export function readGitFiles(root: string): Files {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const listed = execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: 'pipe' });
  const paths = listed.split('\0').filter((path) => path !== '' && existsSync(join(root, path)));
  return new Map(paths.map((path) => [path, '']));
}

/** The lesson that a path belongs to: 4 for lessons/04-router/router.ts. */
export function lessonOf(path: string): number | undefined {
  const number = /^lessons\/(\d\d)-[^/]+\//.exec(path)?.[1];
  return number === undefined ? undefined : Number(number);
}

/** The folders of the lessons, in order: ['lessons/01-hello', 'lessons/02-reply', …]. */
export function lessonFolders(files: Files): string[] {
  const folders = [...files.keys()].map((path) => /^lessons\/\d\d-[^/]+(?=\/)/.exec(path)?.[0]);
  return [...new Set(folders)].filter((folder) => folder !== undefined).sort();
}
