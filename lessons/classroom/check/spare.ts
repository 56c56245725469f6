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

export type Warm = Spawned & {
  stdout: Output;
  stderr: Output;
  /** It waits for its program. */
  ready: Promise<true>;
};

export type Spares = { take(): Warm; refill(): void; close(): void };

const waiting = fileURLToPath(new URL('warm.js', import.meta.url));

/** What else is loaded before a program, to look on. */
export type Watching = { imports: string[]; env: Record<string, string> };

export function keepSpares(count: number, watching?: Watching): Spares {
  const spares: Warm[] = [];
  let closed = false;

  function take(): Warm {
    const spare = spares.find(isAlive);
    if (spare === undefined) return warmUp(watching);
    spares.splice(spares.indexOf(spare), 1);
    return spare;
  }
  function refill(): void {
    while (!closed && spares.length < count) spares.push(warmUp(watching));
  }
  function close(): void {
    closed = true;
    for (const spare of spares.splice(0)) spare.child.kill('SIGKILL');
  }
  refill();
  return { take, refill, close };
}

function isAlive({ child }: Warm): boolean {
  return child.connected && child.exitCode === null;
}

function warmUp(watching?: Watching): Warm {
  const output = { stdout: collectOutput(), stderr: collectOutput() };
  const onOutput = (text: string, from: keyof typeof output) => output[from].add(text);
  const spawned = spawnServer({
    file: waiting,
    clock: 'by itself',
    port: 0,
    cwd: tmpdir(),
    onOutput,
    ...watching,
  });
  return { ...spawned, ...output, ready: untilWarm(spawned) };
}

function untilWarm({ child }: Spawned): Promise<true> {
  return new Promise((resolve) => {
    child.on('message', (news: { warm?: boolean }) => { if (news.warm) resolve(true); });
  });
}
