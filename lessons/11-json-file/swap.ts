// Lesson 11 · swap: a file is replaced as a whole, or not at all.
//
//   cafe.json.new   the new text: written, and flushed   ─┐
//   cafe.json       the old text, whole                  ◄┘  rename: one step, nothing in between
//
// Whoever pulls the plug finds the old file or the new one. `writeFile` over the old one is one
// line instead of five; it empties the file first, so whoever pulls the plug then finds half of it,
// or nothing. "Written" alone is not enough either: for some seconds a system keeps what was
// written in its memory. Only a flush (sync) waits until it is on the disk.

import { constants } from 'node:fs';
import {
  mkdir, open, readlink, realpath, rename, stat, type FileHandle,
} from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** When it resolves, the text is on the disk. If it rejects before the swap, nothing changed. */
export async function swapIn(path: string, text: string): Promise<void> {
  const target = await targetOf(path);
  const aside = `${target}.new`;
  await writeAside(aside, text);
  await replace(target, aside);
  await flushFolder(dirname(target)); // The name "cafe.json" is kept in the folder.
}

// What an earlier crash has left there is overwritten, and never read: it may be half a file.
// 0o600: accounts will stand in it, so nobody else on this machine may read it.
async function writeAside(aside: string, text: string): Promise<void> {
  const file = await open(aside, 'w', 0o600);
  try {
    await closeToOthers(file);
    await file.writeFile(text); // All of it: a plain write() may stop half-way without an error.
    await file.sync();
  } finally {
    await file.close();
  }
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

// A rename would put the file in the place of a symbolic link. So the file that the link names is
// replaced, and the link stays. No more than 40 links: two may name each other.
async function targetOf(path: string, links = 40): Promise<string> {
  const link = await readlink(path).catch(() => undefined); // Most are none, or not there yet.
  if (link === undefined || links === 0) return path;
  return targetOf(resolve(await realpath(dirname(path)), link), links - 1);
}

// A file that was there before open() keeps its rights, and would hand them on to cafe.json.
async function closeToOthers(file: FileHandle): Promise<void> {
  const { mode } = await file.stat();
  const isFile = (mode & constants.S_IFMT) === constants.S_IFREG;
  if (isFile && (mode & 0o077) !== 0) await file.chmod(0o600);
}

const BUSY = ['EPERM', 'EBUSY', 'EACCES'];

// Windows refuses while a virus scanner or an editor looks into the file. A moment later it works.
export async function replace(path: string, aside: string, tries = 20): Promise<void> {
  try {
    await rename(aside, path);
  } catch (error) {
    if (tries === 1 || !isOneOf(BUSY, error)) throw error;
    await pause(25);
    await replace(path, aside, tries - 1);
  }
}

// Windows cannot flush a folder (EPERM), nor can some shared drives (EINVAL): there the system does
// it in its own time.
const CANNOT_FLUSH = ['EPERM', 'EINVAL'];

export async function flushFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } catch (error) {
    if (!isOneOf(CANNOT_FLUSH, error)) throw error;
  } finally {
    await folder.close();
  }
}

/** A new folder is kept by the one around it: each of those that were made is flushed there. */
export async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true });
  if (first === undefined) return;
  const around = dirname(resolve(first));
  for (let made = resolve(path); made.length > around.length; made = dirname(made)) {
    await flushFolder(dirname(made));
  }
}

/** The same stamp means: the same file, untouched. The empty one: there is none. */
export async function stampOf(path: string): Promise<string> {
  try {
    const { ino, size, mtimeMs } = await stat(path);
    return `${ino} ${size} ${mtimeMs}`;
  } catch (error) {
    if (!isOneOf(['ENOENT'], error)) throw error;
    return '';
  }
}

function isOneOf(codes: string[], error: unknown): boolean {
  return codes.includes((error as NodeJS.ErrnoException).code ?? '');
}
