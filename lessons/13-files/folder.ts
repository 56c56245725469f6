// Lesson 13 · folder: a file by its name, from the disk or from memory.
//
//   'pictures/tea.svg'  ──►  /…/public/pictures/tea.svg, 366 bytes
//   'pictures/tee.svg'  ──►  undefined: the folder lists no such name
//
// A file is read when somebody asks for it, and kept if it is small. Files change while one works
// on them, so one that was looked at more than a tenth of a second ago is looked at again. To be
// told of changes by the system (`fs.watch`) would cost less, but it is different on every system,
// and on some disks says nothing.

import { constants, realpathSync, statSync, type Stats } from 'node:fs';
import { open, realpath, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { etagOfBytes, etagOfStamp, fileInfoOf, isStrong, type FileInfo } from './file-info.ts';
import { isGone, namesIn } from './names.ts';

/**
 * Throws when there is no such folder. `lookAgain` is in milliseconds. `report` is told, once, of
 * each part of the folder that cannot be listed.
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
    if (before) before.nextLook = nextLook; // Of many who ask at once, one looks.
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

/** A large file has no `bytes`: it is read piece by piece when somebody asks for it. */
export type StoredFile = {
  path: string;
  info: FileInfo;
  bytes: Buffer | undefined;
  stamp: string;
  nextLook: number;
};
export type FindFile = (name: string) => StoredFile | undefined | Promise<StoredFile | undefined>;

/** Bytes: a larger file is streamed, and so is what no longer fits into memory. */
const SMALL = 64_000;
const ROOM = 16_000_000;

// The path without any link in it: one that is found in a path later has come after us.
function checkFolder(folder: string): string {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Error(
      `There is no folder "${folder}". ` +
      "Make it, or write its path by new URL('./public', import.meta.url), " +
      'which begins at the program and not where it was started.',
    );
  }
  return realpathSync.native(folder);
}

/** From each form of a name to the name as it is listed. */
type Names = ReadonlyMap<string, string>;

/** Looks a name up in a list that is not too old. */
function listOf(
  folder: string,
  lookAgain: number,
  report: (sentence: string) => void,
): (name: string) => Promise<string | undefined> {
  let names: Names = new Map();
  let nextList = 0;
  let listing: Promise<Names> | undefined;

  return async (name) => {
    if (performance.now() >= nextList) await (listing ??= list());
    return names.get(name) ?? names.get(name.normalize());
  };

  async function list(): Promise<Names> {
    const start = performance.now();
    names = await listNames(folder, report).finally(() => { listing = undefined; });
    // A large folder takes long to list: at most a twentieth of the time is spent on that.
    nextList = start + (lookAgain && Math.max(lookAgain, 20 * (performance.now() - start)));
    return names;
  }
}

async function listNames(folder: string, report: (sentence: string) => void): Promise<Names> {
  const names = new Map<string, string>();
  for await (const name of namesIn(folder, report)) names.set(name, name);
  // "é" is one character or two, on the disk and in an address. They look the same, so both forms
  // lead to the file, unless there is another file of just that name.
  for (const name of names.keys()) {
    if (!names.has(name.normalize())) names.set(name.normalize(), name);
  }
  return names;
}

// The list is made again and again, and would say the same each time.
function onceEach(report: (sentence: string) => void): (sentence: string) => void {
  const told = new Set<string>();
  return (sentence) => {
    if (told.has(sentence)) return;
    told.add(sentence);
    report(sentence);
  };
}

async function readStored(
  path: string,
  before: StoredFile | undefined,
  room: number,
): Promise<StoredFile | undefined> {
  const found = await statPlain(path);
  if (!found?.isFile()) return undefined; // Gone, or another thing by now.
  const stamp = etagOfStamp(found);
  if (before?.stamp === stamp && isStrong(stamp)) return before;
  const bytes = found.size <= Math.min(SMALL, room) ? await readBytes(path) : undefined;
  // The size is counted from the bytes, should the file have grown meanwhile.
  const info = bytes
    ? fileInfoOf(path, { ...found, size: bytes.length }, etagOfBytes(bytes))
    : fileInfoOf(path, found, stamp);
  return { path, stamp, bytes, info, nextLook: 0 };
}

/** Undefined if a link has come into the path: it may lead anywhere. */
async function statPlain(path: string): Promise<Stats | undefined> {
  if (await realpath(path).catch(ifGone) !== path) return undefined;
  return stat(path).catch(ifGone);
}

// Whatever the reason (an editor that is saving has it locked, say): the next request reports it.
async function readBytes(path: string): Promise<Buffer | undefined> {
  const handle = await openFile(path).catch(() => undefined);
  return handle?.readFile().catch(() => undefined).finally(() => handle.close());
}

/** Follows no link, and waits for no pipe, should the file have become one this moment. */
export function openFile(path: string): Promise<FileHandle> {
  return open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
}

/** For a file that somebody has deleted since it was looked at. */
export function ifGone(error: NodeJS.ErrnoException): undefined {
  if (!isGone(error)) throw error;
}
