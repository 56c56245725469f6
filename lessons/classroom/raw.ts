// Raw: the file on real Node, with nothing of the classroom around it.
//
//   npm run lesson 4 raw  ──►  node lessons/04-router/server.ts
//
// No preload, no restart. Only the note of who is running is kept, at the address that the
// lesson listens on by itself, so that `try` sends its request here.

import { spawn } from 'node:child_process';
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
  noteRunning(root, { lesson: id, url: `http://localhost:${expectedPort()}`, pid: process.pid });
  const status = await new Promise<number>((resolve) => child.once('exit', (code, signal) => resolve(isAsked(signal) ? 0 : code ?? 1)));
  forgetRunning(root, id);
  return status;
}

// In a terminal Ctrl+C reaches the child as well; a signal to this process alone must too.
function passOn(child: { kill(signal: NodeJS.Signals): boolean }): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
}

function isAsked(signal: NodeJS.Signals | null): boolean {
  return signal === 'SIGINT' || signal === 'SIGTERM' || signal === 'SIGHUP';
}
