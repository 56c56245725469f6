// Spare processes: started before they are needed, so that a check begins at once.
//
//   const spares = keepSpares(1)   ──►  one process waits, with Node and TypeScript ready
//   spares.take()                  ──►  that one; spares.refill() starts the next
//   spares.close()                 ──►  none is left
//
// A program that is loaded into a waiting process listens after about 30 ms; one that is started
// from nothing after about 250.

import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { spawnServer, type Spawned } from '../start.ts';
import { collectOutput, type Output } from './output.ts';

export type Warm = Spawned & { stdout: Output; stderr: Output; /** It waits for its program. */ ready: Promise<true> };

export type Spares = { take(): Warm; refill(): void; close(): void };

const waiting = fileURLToPath(new URL('warm.js', import.meta.url));

/** What else is loaded before a program, to look on. */
export type Watching = { imports: string[]; env: Record<string, string> };

export function keepSpares(count: number, watching?: Watching): Spares {
  const spares: Warm[] = [];
  let closed = false;
  function refill(): void {
    while (!closed && spares.length < count) spares.push(warmUp(watching));
  }
  refill();
  return {
    take: () => spares.find((spare) => isAlive(spare) && spares.splice(spares.indexOf(spare), 1)) ?? warmUp(watching),
    refill,
    close: () => { closed = true; for (const spare of spares.splice(0)) spare.child.kill('SIGKILL'); },
  };
}

function isAlive({ child }: Warm): boolean {
  return child.connected && child.exitCode === null;
}

function warmUp(watching?: Watching): Warm {
  const [stdout, stderr] = [collectOutput(), collectOutput()];
  const onOutput = (text: string, from: 'stdout' | 'stderr') => (from === 'stdout' ? stdout : stderr).add(text);
  const spawned = spawnServer({ file: waiting, clock: 'by itself', port: 0, cwd: tmpdir(), onOutput, ...watching });
  const ready = new Promise<true>((resolve) => spawned.child.on('message', (news: { warm?: boolean }) => { if (news.warm) resolve(true); }));
  return { ...spawned, stdout, stderr, ready };
}
