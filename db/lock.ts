// Taught in lesson 17
// lock: one program at a time has the folder.
//
//   first    listens at "hello-backend-66306-1311"     the device and the number of the folder
//   second   cannot listen there too, asks who does    ──►  "process 4711 has it open"
//
// The process that answers owns the folder; a dead one cannot answer. A file with a process id in
// it would stay after a crash, and by then the number may belong to another program.
//
// The lock reaches as far as the address does. Two containers, two network namespaces, or two
// machines on a shared disk do not see each other: both open the folder, and what one of them has
// acknowledged, the other overwrites. Give each its own folder; a server says so in a container.

import { once } from 'node:events';
import { rename, stat, unlink } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { dirname } from 'node:path';
import { UnusableFile } from '../lessons/11-json-file/unusable-file.ts';
import { flushFolder, makeFolder } from '../lessons/11-json-file/swap.ts';

export type Lock = { release(): Promise<void> };

type Open<Opened> = (lock: Lock) => Promise<Opened>;

/**
 * Makes the folder if need be, locks it, and opens what is in it.
 * If that rejects, with an UnusableFile, the lock is given back.
 */
export async function openLocked<Opened>(folder: string, open: Open<Opened>): Promise<Opened> {
  await makeFolder(folder).catch((error) => { throw unusable(folder, error); });
  const lock = await lockFolder(folder);
  try {
    // A program that was killed may have made the folder, and not flushed its name.
    await flushFolder(dirname(folder));
    await flushFolder(folder);
    return await open(lock);
  } catch (error) {
    await lock.release();
    throw unusable(folder, error);
  }
}

export async function lockFolder(folder: string, nameIn = addressOf): Promise<Lock> {
  const { dev, ino } = await stat(folder, { bigint: true });
  const address = nameIn(`hello-backend-${dev}-${ino}`);
  const server = await listenAt(address) ?? await takeOver(folder, address);
  server.unref(); // A lock alone does not keep a program running.
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

// Windows and Linux have addresses that are not files, so nothing stays after a crash. Elsewhere a
// file in /tmp is the address: in the folder itself, its path could be too long (104 bytes).
function addressOf(name: string): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  return process.platform === 'linux' ? `\0${name}` : `/tmp/${name}`;
}

const TAKEN = ['EADDRINUSE', 'EACCES'];

async function listenAt(address: string): Promise<Server | undefined> {
  const server = createServer((asking) => asking.on('error', () => {}).end(String(process.pid)));
  server.listen(address);
  try {
    await once(server, 'listening');
    return server;
  } catch (error) {
    if (!TAKEN.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    return undefined;
  }
}

async function takeOver(folder: string, address: string): Promise<Server> {
  const owner = await ownerAt(address);
  if (owner !== undefined) throw inUse(folder, owner);
  if (address.startsWith('/')) await removeDead(folder, address);
  const server = await listenAt(address);
  if (!server) throw inUse(folder, await ownerAt(address) ?? 'unknown');
  return server;
}

// Moved away first, and asked again: another program may have begun to listen in between.
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

/** The id of the process that listens there; undefined when none does. */
function ownerAt(address: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    let answer = '';
    connect(address).setEncoding('utf8')
      .setTimeout(2_000, () => resolve('unknown, and too busy to answer'))
      .on('data', (text: string) => { answer += text; })
      .on('close', (hadError) => resolve(hadError ? undefined : answer))
      .on('error', () => {});
  });
}

function unusable(folder: string, error: unknown): unknown {
  const isFromTheSystem = error instanceof Error && 'syscall' in error;
  if (!isFromTheSystem) return error;
  return new UnusableFile(`${folder} cannot be used: ${error.message}. It is left as it is.`);
}

function inUse(folder: string, owner: string): UnusableFile {
  return new UnusableFile(
    `${folder} is in use by another program (process ${owner}), ` +
    'and two at once would overwrite each other. ' +
    'End that one first, or set DATA_DIR to another folder.',
  );
}
