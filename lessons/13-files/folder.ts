// Lesson 13 · folder: a file by its name, from the disk or from memory.
//
//   'pictures/tea.svg'  ──►  /…/public/pictures/tea.svg, 366 bytes
//   'pictures/tee.svg'  ──►  undefined: the folder lists no such name
//
// A file is read at its first request, and stays in memory if it is small. Files change while you
// work on them, so a file is looked at again after a tenth of a second. The system could report
// changes instead (`fs.watch`). That would cost less, but it differs on every system, and on some
// disks it reports nothing.

import { realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { listOf, onceEach } from './name-list.ts';
import { readStored, type StoredFile } from './stored-file.ts';

/** Bytes of all files in memory. When it is full, further files are streamed. */
const ROOM = 16_000_000;

export type FindFile = (name: string) => StoredFile | undefined | Promise<StoredFile | undefined>;

/**
 * Throws an Error if there is no such folder. `lookAgain` is in milliseconds. `report` gets one
 * sentence for each part of the folder that cannot be listed.
 */
export function openFolder(folder: string, lookAgain = 100, report = console.error): FindFile {
  const root = checkFolder(folder);
  const nameIn = listOf(root, lookAgain, onceEach(report));
  const files = new Map<string, StoredFile>();
  let room = ROOM;

  function find(name: string): StoredFile | undefined | Promise<StoredFile | undefined> {
    const file = files.get(name);
    return file && performance.now() < file.nextLook ? file : look(name, file);
  }

  async function look(
    name: string,
    before: StoredFile | undefined,
  ): Promise<StoredFile | undefined> {
    const nextLook = performance.now() + lookAgain;
    if (before) before.nextLook = nextLook; // So only one of many requests looks.
    const listed = before ? name : await nameIn(name);
    if (listed !== name) return listed === undefined ? undefined : find(listed);
    const file = await readStored(join(root, name), before, room);
    room += (files.get(name)?.bytes?.length ?? 0) - (file?.bytes?.length ?? 0);
    if (file) files.set(name, Object.assign(file, { nextLook }));
    else files.delete(name);
    return file;
  }

  return find;
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

// The path without any link in it. A link that appears in it later was added after the start.
function checkFolder(folder: string): string {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Error(
      `There is no folder "${folder}". ` +
      "Make it, or write its path as new URL('./public', import.meta.url), " +
      "which begins at the program's folder, wherever you start it.",
    );
  }
  return realpathSync.native(folder);
}
