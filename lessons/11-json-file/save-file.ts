// Lesson 11 · save-file: the new text goes to the disk, unless another program was there.
//
//   save(file, '{ "format": 1, …')   ──►  cafe.json has the new text
//   the file was edited by hand      ──►  an error: nothing is saved

import { dirname } from 'node:path';
import { makeFolder } from './flush.ts';
import type { OpenFile } from './open-file.ts';
import { stampOf } from './stamp.ts';
import { swapIn } from './swap.ts';

export async function save(file: OpenFile, text: string): Promise<void> {
  const { path, stamp } = file;
  if (await stampOf(path) !== stamp) {
    throw new Error(
      `${path} was changed by hand or by another program since this server read it, ` +
      'so nothing is saved. Restart this server: it then reads the file as it is now.',
    );
  }
  try {
    if (stamp === '') await makeFolder(dirname(path));
    await swapIn(path, text);
  } catch (error) {
    throw new Error(
      `${path} could not be saved, so the change was not made: ${(error as Error).message}.`,
      { cause: error },
    );
  } finally {
    file.stamp = await stampOf(path);
  }
}
