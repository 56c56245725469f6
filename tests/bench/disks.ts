// Where the data lies: on a disk. What lies in memory is "flushed" in no time, and gone when the power is.
//
//   newFolder()  ──►  /tmp/bench-a1b2, or a folder beside this file when /tmp is in memory

import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const inMemory = [0x0102_1994, 0x8584_58f6]; // tmpfs and ramfs, as Linux calls them (statfs(2)).

export async function isInMemory(folder: string): Promise<boolean> {
  const { type } = await statfs(folder);
  return inMemory.includes(type);
}

/** What others have written and not flushed is written now: whoever flushes next would have to wait for it too. */
export function settle(): void {
  spawnSync('sync'); // Windows has none, and flushes each file for itself.
}

export async function onDisk<Result>(act: (folder: string) => Promise<Result>, place = tmpdir()): Promise<Result> {
  const around = await isInMemory(place) ? fileURLToPath(new URL('.', import.meta.url)) : place;
  const folder = await mkdtemp(join(around, 'bench-'));
  return act(folder).finally(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
}
