// Lesson 11 · rename: the new file takes the old one's name.
//
//   replace('cafe.json', 'cafe.json.new')  ──►  cafe.json has the new text

import { rename } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { hasCode } from './error-code.ts';

const BUSY = ['EPERM', 'EBUSY', 'EACCES'];

// Windows refuses while a virus scanner or an editor has the file open. A moment later it works.
export async function replace(path: string, aside: string, tries = 20): Promise<void> {
  try {
    await rename(aside, path);
  } catch (error) {
    if (tries === 1 || !hasCode(error, BUSY)) throw error;
    await pause(25);
    await replace(path, aside, tries - 1);
  }
}
