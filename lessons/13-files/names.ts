// Lesson 13 · names: which files does a folder have?
//
//   public/look.css             ──►  'look.css'
//   public/pictures/tea.svg     ──►  'pictures/tea.svg'
//   public/.env                      (left out: names with a dot in front are not meant for others)
//   public/notes → /home/ada         (left out: a link may lead anywhere)
//   public/lost+found                (left out, and reported once: the system does not let us in)
//
// Only what is on this list can be had. One part of the folder that cannot be listed does not hide
// the others.

import { isUtf8 } from 'node:buffer';
import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Every file in the folder and below it. `report` is told what cannot be listed, each time. */
export async function* namesIn(
  folder: string,
  report: (sentence: string) => void,
  below = '',
): AsyncGenerator<string> {
  for (const entry of await listFolder(folder, report, below)) {
    const name = `${below}${entry.name}`;
    if (String(entry.name).startsWith('.')) continue;
    if (entry.isFile()) yield name;
    if (entry.isDirectory()) yield* namesIn(folder, report, `${name}/`);
  }
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

// Below the folder anything may fail; but if the folder itself cannot be listed, all is wrong.
async function listFolder(
  folder: string,
  report: (sentence: string) => void,
  below: string,
): Promise<Dirent<Buffer>[]> {
  const path = join(folder, below);
  const listed = readdir(path, { withFileTypes: true, encoding: 'buffer' });
  const entries = below === '' ? await listed : await listed.catch((error) => {
    if (!isGone(error)) report(unlistable(path, error));
    return [];
  });
  const [good, bad] = [entries.filter(hasName), entries.filter((entry) => !hasName(entry))];
  for (const { name } of bad) report(nameless(join(path, String(name))));
  return good;
}

// On Linux a name is any bytes at all, but an address is text.
function hasName({ name }: Dirent<Buffer>): boolean {
  return isUtf8(name);
}

function nameless(path: string): string {
  return `${path} is left out: its name is not in UTF-8, so no address leads to it. Rename it.`;
}

function unlistable(path: string, { code }: NodeJS.ErrnoException): string {
  return `${path} is left out, with all that is in it: it cannot be listed (${code}). ` +
    'Give the server the right to read it, or move it somewhere else.';
}

/** For what somebody has deleted, or has put a link in the place of, since it was looked at. */
export function isGone({ code }: NodeJS.ErrnoException): boolean {
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP';
}
