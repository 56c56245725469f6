// Taught in lesson 17
// durable-write: all of the bytes, and down to the disk.
//
//   write(6,000 bytes)  ──►  4,096 taken, no error   ──►  write(the other 1,904)  ──►  flush
//
// A write may take fewer bytes than it was given, on a nearly full disk for one, and says nothing but
// how many. The place is told each time: after a failure, nobody needs to know where the file stood.
// And what was written stands in the memory of the system: only a flush waits for the disk.

import type { FileHandle } from 'node:fs/promises';

/** Resolves when the bytes are on the disk from `at` on. Rejects with UnknownOutcome, or the file ends at `at` as before. */
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
    if (bytesWritten === 0) throw new Error('the disk took nothing more');
    done += bytesWritten;
  }
}

// A second try would lie: the system may have thrown away what it could not write, and say "done".
async function flush(file: FileHandle): Promise<void> {
  try {
    await file.datasync();
  } catch (error) {
    throw new UnknownOutcome(`a flush failed (${(error as Error).message})`, { cause: error });
  }
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

/** What is in the file now, nobody knows. */
export class UnknownOutcome extends Error {}

// Half of it may be there: it must not be taken for something that is kept. Then work can go on.
async function cutBack(file: FileHandle, at: number, error: Error): Promise<void> {
  try {
    await file.truncate(at);
  } catch {
    throw new UnknownOutcome(`writing failed (${error.message}), and so did taking it back`, { cause: error });
  }
  await flush(file);
}
