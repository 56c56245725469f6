// Never flaky: exercises, slips and recordings five times over, with all cores kept busy by something else.
//
//   node --import tsx tests/five-times.ts           ──►  on Node 20
//   npx -y node@24 tests/five-times.ts              ──►  on another one
//   node --import tsx tests/five-times.ts 1 replay  ──►  one time, and only the tests with that word
//
// Ends with status 1 at the first run that fails. `npm test` runs the same files once.

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

const launcher = fileURLToPath(new URL('../lessons/classroom/launch.js', import.meta.url));
const everything = ['exercises', 'guide', 'check', 'replay'];

/** Keeps a core busy until its parent is gone, for three hours at most. */
const busy = `
const end = Date.now() + 10_800_000;
process.on('disconnect', () => process.exit());
function turn() {
  for (const stop = Date.now() + 50; Date.now() < stop;);
  Date.now() < end ? setImmediate(turn) : process.exit();
}
turn();
`;

function keepBusy(): ChildProcess {
  return spawn(process.execPath, ['-e', busy], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
}

function runTimes(times: number, words: string[]): number {
  const others = Array.from({ length: availableParallelism() }, keepBusy);
  try {
    for (let time = 1; time <= times; time += 1) {
      console.log(`Run ${time} of ${times}, on Node ${process.versions.node}, with ${others.length} cores kept busy …`);
      const { status } = spawnSync(process.execPath, [launcher, 'test', ...words], { stdio: ['ignore', 'inherit', 'inherit'] });
      if (status !== 0) return 1;
    }
    console.log(`${times === 1 ? 'One time' : `${times} times`} over, and nothing failed.`);
    return 0;
  } finally {
    for (const child of others) child.kill();
  }
}

const [times = '5', ...words] = process.argv.slice(2);
if (/^[1-9]\d*$/.test(times)) process.exitCode = runTimes(Number(times), words.length > 0 ? words : everything);
else {
  console.error(`How often must be a whole number from 1, but it was "${times}". For example: node --import tsx tests/five-times.ts 1 replay`);
  process.exitCode = 1;
}
