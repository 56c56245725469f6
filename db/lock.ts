// Taught in lesson 17
// lock: one program at a time has the folder.
//
//   first    listens at "hello-backend-66306-1311"     the device and the number of the folder
//   second   cannot listen there too, asks who does    ──►  "in use by … (process 4711)"
//
// The process that answers owns the folder; a dead one cannot answer. A file with a process id in
// it would stay after a crash, and by then the number may belong to another program.
//
// The lock reaches as far as the address does. Two containers, two network namespaces, or two
// machines on a shared disk do not see each other: both open the folder, and what one of them has
// saved, the other overwrites. Give each its own folder. In a container, the server warns you.

import { rename, stat, unlink } from 'node:fs/promises';
import type { Server } from 'node:net';
import { UnusableFile } from '../lessons/11-json-file/unusable-file.ts';
import { addressOf, listenAt, ownerAt } from './lock-address.ts';

export type Lock = { release(): Promise<void> };

export async function lockFolder(folder: string, nameIn = addressOf): Promise<Lock> {
  const { dev, ino } = await stat(folder, { bigint: true });
  const address = nameIn(`hello-backend-${dev}-${ino}`);
  const server = await listenAt(address) ?? await takeOver(folder, address);
  server.unref(); // A lock alone does not keep a program running.
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}

async function takeOver(folder: string, address: string): Promise<Server> {
  const owner = await ownerAt(address);
  if (owner !== undefined) throw inUse(folder, owner);
  if (address.startsWith('/')) await removeDead(folder, address);
  const server = await listenAt(address);
  if (!server) throw inUse(folder, await ownerAt(address) ?? 'unknown');
  return server;
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

// Rename first, then ask again: another program may have begun to listen in between.
async function removeDead(folder: string, address: string): Promise<void> {
  const aside = `${address}.${process.pid}`;
  try {
    await rename(address, aside);
  } catch {
    return; // Another one was faster.
  }
  const owner = await ownerAt(aside);
  if (owner !== undefined) {
    await rename(aside, address);
    throw inUse(folder, owner);
  }
  await unlink(aside);
}

function inUse(folder: string, owner: string): UnusableFile {
  return new UnusableFile(
    `${folder} is in use by another program (process ${owner}), ` +
    'and two at once would overwrite each other. ' +
    'End that one first, or set DATA_DIR to another folder.',
  );
}
