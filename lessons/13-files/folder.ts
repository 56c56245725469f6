// Lesson 13 · folder: what lies in it.
//
//   public/look.css             ──►  'look.css'          is  /…/public/look.css
//   public/pictures/tea.svg          'pictures/tea.svg'  is  /…/public/pictures/tea.svg
//   public/.env                      (left out: names with a dot in front are not meant for others)
//   public/notes → /home/ada         (left out: a link may lead anywhere)
//
// The folder lists its files, and only what is on the list can be had. A file is read when somebody
// asks for it, and kept if it is small. Files change while one works on them, so one that was
// looked at more than a tenth of a second ago is looked at again. To be told of changes by the
// system (`fs.watch`) would cost less, but it is different on every system, and on some disks says
// nothing.

import { constants, realpathSync, statSync, type Dirent, type Stats } from 'node:fs';
import { open, readdir, realpath, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { etagOfBytes, etagOfStamp, factsOf, isStrong, type Facts } from './facts.ts';

/** Throws when there is no such folder. `lookAgain` is in milliseconds. */
export function watchFolder(folder: string, lookAgain = 100): FindFile {
  const list = listOf(checkFolder(folder), lookAgain);
  const files = new Map<string, StoredFile>();
  let room = ROOM;

  return (name) => {
    const file = files.get(name);
    return file && performance.now() < file.nextLook ? file : look(name, file);
  };

  async function look(
    name: string,
    before: StoredFile | undefined,
  ): Promise<StoredFile | undefined> {
    const nextLook = performance.now() + lookAgain;
    if (before) before.nextLook = nextLook; // Of many who ask at once, one looks.
    const path = before?.path ?? (await list()).get(name);
    const file = path === undefined ? undefined : await readStored(path, before, room);
    room += (files.get(name)?.bytes?.length ?? 0) - (file?.bytes?.length ?? 0);
    if (file) files.set(name, Object.assign(file, { nextLook }));
    else files.delete(name);
    return file;
  }
}

async function* namesIn(folder: string, below = ''): AsyncGenerator<string> {
  for (const entry of await listFolder(folder, below)) {
    if (entry.name.startsWith('.')) continue;
    if (entry.isFile()) yield below + entry.name;
    if (entry.isDirectory()) yield* namesIn(folder, `${below}${entry.name}/`);
  }
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

/** A large file has no `bytes`: it is read piece by piece when somebody asks for it. */
export type StoredFile = {
  path: string;
  facts: Facts;
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

type Names = ReadonlyMap<string, string>;

/** The path of each name, from a list that is not too old. */
function listOf(folder: string, lookAgain: number): () => Names | Promise<Names> {
  let names: Names = new Map();
  let nextList = 0;
  let listing: Promise<Names> | undefined;

  return () => {
    if (performance.now() < nextList) return names;
    listing ??= list();
    return listing;
  };

  async function list(): Promise<Names> {
    const start = performance.now();
    names = await listNames(folder).finally(() => { listing = undefined; });
    // A large folder takes long to list: at most a twentieth of the time is spent on that.
    nextList = start + (lookAgain && Math.max(lookAgain, 20 * (performance.now() - start)));
    return names;
  }
}

async function listNames(folder: string): Promise<Names> {
  const names = new Map<string, string>();
  // "é" may lie on the disk as two characters; in an address it is one.
  for await (const name of namesIn(folder)) names.set(name.normalize(), join(folder, name));
  return names;
}

// Below the folder anything may be deleted; but if the folder itself is gone, all is wrong.
async function listFolder(folder: string, below: string): Promise<Dirent[]> {
  const listed = readdir(join(folder, below), { withFileTypes: true });
  return below === '' ? listed : await listed.catch(ifGone) ?? [];
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
  const facts = bytes
    ? factsOf(path, { ...found, size: bytes.length }, etagOfBytes(bytes))
    : factsOf(path, found, stamp);
  return { path, stamp, bytes, facts, nextLook: 0 };
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

/** Follows no link, should the file have become one this moment. */
export function openFile(path: string): Promise<FileHandle> {
  return open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
}

/** For a file that somebody has deleted since it was looked at. */
export function ifGone(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR' && error.code !== 'ELOOP') throw error;
}
