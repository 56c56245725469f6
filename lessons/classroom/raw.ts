// Raw: the file on real Node, with nothing of the classroom around it.
//
//   npm run lesson 4 raw  ──►  node lessons/04-router/server.ts
//
// No preload, no restart. Only the note of who is running is kept, so that `try` sends its
// request here. A port is told by PORT, as anybody would who starts it by hand.

import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Advice } from './advice.ts';
import { expectedPort, refuseTakenPort, type Kept } from './keep.ts';
import { forgetRunning, noteRunning } from './running.ts';
import { typescriptFlags } from './start.ts';

export async function runRaw(kept: Kept): Promise<number> {
  const { id, file, dataDir, root, port = expectedPort() } = kept;
  if (kept.port !== undefined && !readsPort(file)) throw new Advice(cannotMove(kept));
  await refuseTakenPort(kept);
  const child = spawn(process.execPath, [...typescriptFlags(), file], {
    cwd: root,
    env: { ...process.env, DATA_DIR: dataDir, PORT: String(port) },
    stdio: 'inherit',
  });
  passOn(child);
  // The server's own id: it has no channel, so it outlives this process if that is killed.
  noteRunning(root, { lesson: id, url: `http://localhost:${port}`, pid: child.pid! });
  const status = await statusOf(child);
  forgetRunning(root, id);
  return status;
}

/** It listens by listen.ts, or reads the environment itself. */
function readsPort(file: string): boolean {
  return /listen\.ts|\bPORT\b/.test(readFileSync(file, 'utf8'));
}

function cannotMove({ command }: Kept): string {
  return 'This program says itself at which port it listens, and real Node does not move it. ' +
    `Change the number in its listen(…), or run it with the guide: ${command} port 3001`;
}

const asked: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

// In a terminal Ctrl+C reaches the child as well; a signal to this process alone must too.
function passOn(child: ChildProcess): void {
  for (const signal of asked) process.on(signal, () => child.kill(signal));
}

function statusOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      const isAsked = signal !== null && asked.includes(signal);
      resolve(isAsked ? 0 : code ?? 1);
    });
  });
}
