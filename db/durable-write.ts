// Taught in lesson 17
// durable-write: write all of the bytes, and wait until they are on the disk.
//
//   write(6,000 bytes)  ──►  4,096 taken, no error   ──►  write(the other 1,904)  ──►  flush
//
// A write can take fewer bytes than it was given, on a nearly full disk for example, and it says so
// only in a number. Each write names its place in the file, so it does not matter where a failed
// one stopped. Written bytes are in the system's memory: only a flush waits for the disk.

import type { FileHandle } from 'node:fs/promises';

/**
 * Resolves when the bytes are on the disk from `at` on. If it rejects, the file ends at `at` as
 * before, unless the error is an UnknownOutcome.
 */
export async function writeDown(file: FileHandle, bytes: Buffer, at: number): Promise<void> {
  try {
    await writeAll(file, bytes, at);
  } catch (error) {
    await cutBack(file, at, error as Error);
    throw error;
  }
  await flush(file);
}

async function writeAll(file: FileHandle, bytes: Buffer, at: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at + done);
    if (bytesWritten === 0) throw tookNothing();
    done += bytesWritten;
  }
}

// Never try it again: the system may have thrown away what it could not write, and say "done".
async function flush(file: FileHandle): Promise<void> {
  try {
    await file.datasync();
  } catch (error) {
    throw new UnknownOutcome(`a flush failed (${(error as Error).message})`, { cause: error });
  }
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

function tookNothing(): Error {
  return Object.assign(new Error('the disk took nothing more'), { code: 'ENOSPC' });
}

/** After this error, only a restart can find out what is in the file. */
export class UnknownOutcome extends Error {}

// Half of the bytes may be in the file, and must not look like a saved change. Once they are cut
// off, the next write can go on.
async function cutBack(file: FileHandle, at: number, error: Error): Promise<void> {
  try {
    await file.truncate(at);
  } catch {
    const sentence = `writing failed (${error.message}), and so did taking it back`;
    throw new UnknownOutcome(sentence, { cause: error });
  }
  await flush(file);
}
