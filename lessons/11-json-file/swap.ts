// Lesson 11 · swap: a file is replaced as a whole, or not at all.
//
//   cafe.json.new   the new text: written, and flushed   ─┐
//   cafe.json       the old text, whole                  ◄┘  rename: one step, nothing in between
//
// If the power fails, there is the old file or the new one. `writeFile` over the old file is one
// line instead of five. But it empties the file first, so a power cut leaves half of it, or
// nothing. And "written" is not enough: for some seconds the operating system keeps the text in its
// memory. Only a flush (sync) waits until it is on the disk.

import { constants } from 'node:fs';
import { open, readlink, realpath, type FileHandle } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { flushFolder } from './flush.ts';
import { replace } from './rename.ts';

export { flushFolder, makeFolder } from './flush.ts';
export { replace } from './rename.ts';
export { stampOf } from './stamp.ts';

/** When it resolves, the text is on the disk. If it rejects before the swap, nothing changed. */
export async function swapIn(path: string, text: string): Promise<void> {
  const target = await targetOf(path);
  const aside = `${target}.new`;
  await writeAside(aside, text);
  await replace(target, aside);
  await flushFolder(dirname(target)); // The name "cafe.json" is kept in the folder.
}

// A crash can leave half a file with this name. It is overwritten, and never read.
// 0o600: it will hold accounts, so no other user of this computer may read it.
async function writeAside(aside: string, text: string): Promise<void> {
  const file = await open(aside, 'w', 0o600);
  try {
    await closeToOthers(file);
    await file.writeFile(text); // A plain write() can stop half-way without an error.
    await file.sync();
  } finally {
    await file.close();
  }
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

// A rename would replace a symbolic link by the file. So this finds the file that the link names.
// At most 40 links, because two can name each other.
async function targetOf(path: string, links = 40): Promise<string> {
  const link = await readlink(path).catch(() => undefined); // Most paths are not links.
  if (link === undefined || links === 0) return path;
  return targetOf(resolve(await realpath(dirname(path)), link), links - 1);
}

// A file that was there before open() keeps its permissions, and cafe.json would get them.
async function closeToOthers(file: FileHandle): Promise<void> {
  const { mode } = await file.stat();
  const isFile = (mode & constants.S_IFMT) === constants.S_IFREG;
  if (isFile && (mode & 0o077) !== 0) await file.chmod(0o600);
}
