// Taught in lesson 17
// open-locked: one program at a time opens what is in a folder.
//
//   openLocked('db/data/17', open)
//     ──►  make the folder  ──►  lock it  ──►  open(lock)     the lock is released by close()
//                                              it rejects     the lock is released at once

import { dirname } from 'node:path';
import { flushFolder, makeFolder } from '../lessons/11-json-file/swap.ts';
import { UnusableFile } from '../lessons/11-json-file/unusable-file.ts';
import { lockFolder, type Lock } from './lock.ts';

type Open<Opened> = (lock: Lock) => Promise<Opened>;

/** Rejects with an UnusableFile when the folder or a file in it cannot be used. */
export async function openLocked<Opened>(folder: string, open: Open<Opened>): Promise<Opened> {
  await makeFolder(folder).catch((error) => { throw unusable(folder, error); });
  const lock = await lockFolder(folder);
  try {
    // A killed program may have made the folder without flushing its name.
    await flushFolder(dirname(folder));
    await flushFolder(folder);
    return await open(lock);
  } catch (error) {
    await lock.release();
    throw unusable(folder, error);
  }
}

function unusable(folder: string, error: unknown): unknown {
  const isFromTheSystem = error instanceof Error && 'syscall' in error;
  if (!isFromTheSystem) return error;
  return new UnusableFile(`${folder} cannot be used: ${error.message}. It is left as it is.`);
}
