// Never flaky: the exercises and the slips five times over, with both cores kept busy by something else.
//
//   node --import tsx tests/five-times.ts   ──►  on Node 20
//   npx -y node@24 tests/five-times.ts      ──►  on another one
//
// Ends with status 1 at the first run that fails. `npm test` runs the same files once.

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

const launcher = fileURLToPath(new URL('../lessons/classroom/launch.js', import.meta.url));
const words = ['exercises', 'guide', 'check', 'replay'];

/** A program that does nothing but keep a core busy, for half an hour at most. */
function keepBusy(): ChildProcess {
  return spawn(process.execPath, ['-e', 'const end = Date.now() + 1_800_000; process.on("disconnect", () => process.exit()); const turn = () => { const stop = Date.now() + 50; while (Date.now() < stop); if (Date.now() < end) setImmediate(turn); else process.exit(); }; turn();'], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
}

function fiveTimes(): number {
  const busy = Array.from({ length: availableParallelism() }, keepBusy);
  try {
    for (let time = 1; time <= 5; time += 1) {
      console.log(`Run ${time} of 5, on Node ${process.versions.node}, with ${busy.length} cores kept busy …`);
      const { status } = spawnSync(process.execPath, [launcher, 'test', ...words], { stdio: ['ignore', 'inherit', 'inherit'] });
      if (status !== 0) return 1;
    }
    console.log('Five times over, and nothing failed.');
    return 0;
  } finally {
    for (const child of busy) child.kill();
  }
}

process.exitCode = fiveTimes();
