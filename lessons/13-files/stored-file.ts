// Lesson 13 · stored-file: one file from the disk, with its headers, and its bytes if it is small.
//
//   readStored('/…/public/look.css', undefined, 16_000_000)
//     ──►  { path, info: { size: 1024, etag: '"q3VZ…"', … }, bytes, stamp }

import { constants, type Stats } from 'node:fs';
import { open, realpath, stat, type FileHandle } from 'node:fs/promises';
import { etagOfBytes, etagOfStamp, isStrong } from './file-etag.ts';
import { fileInfoOf, type FileInfo } from './file-info.ts';
import { isGone } from './names.ts';

/** A larger file, in bytes, is streamed. */
const SMALL = 64_000;

/** A large file has no `bytes`: it is read piece by piece for each request. */
export type StoredFile = {
  path: string;
  info: FileInfo;
  bytes: Buffer | undefined;
  stamp: string;
  nextLook: number;
};

export async function readStored(
  path: string,
  before: StoredFile | undefined,
  room: number,
): Promise<StoredFile | undefined> {
  const found = await statPlain(path);
  if (!found?.isFile()) return undefined; // Gone, or no longer a file.
  const stamp = etagOfStamp(found);
  if (before?.stamp === stamp && isStrong(stamp)) return before;
  const bytes = found.size <= Math.min(SMALL, room) ? await readBytes(path) : undefined;
  // The size is counted from the bytes: the file may have grown in between.
  const info = bytes
    ? fileInfoOf(path, { ...found, size: bytes.length }, etagOfBytes(bytes))
    : fileInfoOf(path, found, stamp);
  return { path, stamp, bytes, info, nextLook: 0 };
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

/** Undefined if the path now has a link in it, which can lead anywhere. */
async function statPlain(path: string): Promise<Stats | undefined> {
  if (await realpath(path).catch(ifGone) !== path) return undefined;
  return stat(path).catch(ifGone);
}

// If this fails (an editor can lock the file while it saves), the file is streamed instead.
async function readBytes(path: string): Promise<Buffer | undefined> {
  const handle = await openFile(path).catch(() => undefined);
  return handle?.readFile().catch(() => undefined).finally(() => handle.close());
}

/** Follows no link and waits for no pipe, in case the file has just been replaced by one. */
export function openFile(path: string): Promise<FileHandle> {
  return open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
}

/** For a file that was deleted after it was listed. */
export function ifGone(error: NodeJS.ErrnoException): undefined {
  if (!isGone(error)) throw error;
}
