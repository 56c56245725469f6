// Lesson 13 · names: which files does a folder have?
//
//   public/look.css             ──►  'look.css'
//   public/pictures/tea.svg     ──►  'pictures/tea.svg'
//   public/.env                      (left out: names that begin with a dot are private)
//   public/notes → /home/ada         (left out: a link can lead anywhere)
//   public/lost+found                (left out, and reported once: the system does not let us in)
//
// Only the names on this list are served. If one part of the folder cannot be listed, the others
// still are.

import { isUtf8 } from 'node:buffer';
import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Every file in the folder and below it. `report` gets a sentence for what cannot be listed. */
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

// A part below the folder can fail. If the folder itself cannot be listed, nothing can be served.
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

// On Linux a name can be any bytes, but an address is text.
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

/** Was it deleted, or replaced by a link, after it was listed? */
export function isGone({ code }: NodeJS.ErrnoException): boolean {
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP';
}
