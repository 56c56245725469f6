// Raw: the file on real Node, with nothing of the classroom around it.
//
//   npm run lesson 4 raw  ──►  node lessons/04-router/server.ts
//
// No preload, no restart. Only the note of who is running is kept, at the address that the
// lesson listens on by itself, so that `try` sends its request here.

import { spawn, type ChildProcess } from 'node:child_process';
import { expectedPort, refuseTakenPort, type Kept } from './keep.ts';
import { forgetRunning, noteRunning } from './running.ts';
import { typescriptFlags } from './start.ts';

export async function runRaw(kept: Kept): Promise<number> {
  await refuseTakenPort(kept);
  const { id, file, dataDir, root } = kept;
  const child = spawn(process.execPath, [...typescriptFlags(), file], {
    cwd: root,
    env: { ...process.env, DATA_DIR: dataDir },
    stdio: 'inherit',
  });
  passOn(child);
  // The server's own id: it has no channel, so it outlives this process if that is killed.
  noteRunning(root, { lesson: id, url: `http://localhost:${expectedPort()}`, pid: child.pid! });
  const status = await statusOf(child);
  forgetRunning(root, id);
  return status;
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
