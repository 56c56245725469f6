// Lesson 11 · flush: a folder is on the disk, with the names that it holds.
//
//   flushFolder('db/data/11')  ──►  the name "cafe.json" survives a power cut
//   makeFolder('db/data/11')   ──►  db, db/data and db/data/11 exist, and survive it too

import { mkdir, open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { hasCode } from './error-code.ts';

// Windows cannot flush a folder (EPERM), nor can some shared drives (EINVAL). There the operating
// system does it some seconds later.
const CANNOT_FLUSH = ['EPERM', 'EINVAL'];

export async function flushFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } catch (error) {
    if (!hasCode(error, CANNOT_FLUSH)) throw error;
  } finally {
    await folder.close();
  }
}

/** A folder's name is in the folder around it. So for each new folder, that one is flushed. */
export async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true });
  if (first === undefined) return;
  const around = dirname(resolve(first));
  for (let made = resolve(path); made.length > around.length; made = dirname(made)) {
    await flushFolder(dirname(made));
  }
}
