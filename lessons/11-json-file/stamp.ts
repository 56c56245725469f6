// Lesson 11 · stamp: has the file changed since we last saw it?
//
//   stampOf('cafe.json')  ──►  '9120 1874 1788…'    its inode, its size, and when it was written
//   no such file          ──►  ''

import { stat } from 'node:fs/promises';
import { hasCode } from './error-code.ts';

/** The same stamp means the same file, unchanged. */
export async function stampOf(path: string): Promise<string> {
  try {
    const { ino, size, mtimeMs } = await stat(path);
    return `${ino} ${size} ${mtimeMs}`;
  } catch (error) {
    if (!hasCode(error, ['ENOENT'])) throw error;
    return '';
  }
}
