// The benchmark of the door: how long do others wait while eight people log in at once?
//
//   npm run bench login        ──►  two tables, after about a minute
//   npm run bench login quick  ──►  the same, coarser, in less than half a minute

import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { people, watch, type Pace } from './crowd.ts';
import { openServed } from './served.ts';
import { openStored } from './stored.ts';
import { growth, limits, waitsTable } from './waits.ts';

const usual: Pace = { cost: 2 ** 17, warm: 1_000, phase: 6_000 };
const short: Pace = { cost: 2 ** 17, warm: 300, phase: 1_500 };

export async function run(quick: boolean, print: (text: string) => void = console.log): Promise<void> {
  await bench(quick ? short : usual, print);
}

export async function bench(pace: Pace, print: (text: string) => void): Promise<void> {
  const load = loadavg()[0]!;
  print('The finished café, over HTTP:');
  const served = await watch(openServed, pace, print);
  print('The store alone:');
  const stored = await watch(openStored, pace, print);
  print(`\n${waitsTable(`While ${people} people log in without pause (${rate(served.done, pace)} logins a second)`, served.rows, growth)}`);
  print(`\n${waitsTable(`Within one process, beside ${people} who want a hash (${rate(stored.done, pace)} hashes a second)`, stored.rows, limits)}`);
  print(`\n${explain(load)}`);
}

function rate(done: number, { phase }: Pace): string {
  return (done / phase * 1000).toFixed(1);
}

/** `load`: how many programs wanted a core in the minute before. (On Windows always 0.) */
export function explain(load: number, cores = availableParallelism()): string {
  return [
    `Node ${process.versions.node}, ${cores} cores; the data lay in ${tmpdir()}.`,
    ...(load > cores / 2 ? [`Other programs were at work when it began (load ${load.toFixed(1)}), and these figures are theirs as well: run it again when they are done.`] : []),
    'How to read it: half of all waited at most the median, 99 of 100 at most the p99. A hash keeps a core busy. Where there are no more than two, one is left for everybody else, this benchmark included.',
  ].join('\n');
}
