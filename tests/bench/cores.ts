// Each side on its own core: the servers on the last, the load on the first.
//
//   pinned('server', ['node', 'ours.ts'])  ──►  ['taskset', '-c', '1', 'node', 'ours.ts']
//
// Only Linux has taskset. Elsewhere, or on a single core, nothing is pinned, and the table says so.

import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

const cores = availableParallelism();

export const canPin = cores > 1 && spawnSync('taskset', ['-c', '0', 'true'], { stdio: 'ignore' }).status === 0;

export function pinned(side: 'server' | 'load', command: string[]): string[] {
  const core = side === 'server' ? cores - 1 : 0;
  return canPin ? ['taskset', '-c', String(core), ...command] : command;
}
