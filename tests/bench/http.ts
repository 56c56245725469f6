// The benchmark: what does a request cost with our modules, with others, and with node:http alone?
//
//   npm run bench http        ──►  six tables, after about seven minutes
//   npm run bench http quick  ──►  the same, coarser, in about a minute

import { canPin } from './cores.ts';
import { alone, frameworks, missingPeers, servers, versions } from './peers.ts';
import { compare, type Row } from './ratios.ts';
import { runRounds, type Pace } from './rounds.ts';
import { table } from './table.ts';

const usual: Pace = { starts: 2, rounds: 5, turns: 12, warm: 1200, turn: 60 };
const short: Pace = { starts: 1, rounds: 2, turns: 5, warm: 500, turn: 50 };

export async function run(quick: boolean, print: (text: string) => void = console.log): Promise<void> {
  const missing = missingPeers(frameworks);
  if (missing.length > 0) print(`${sayMissing(missing)}\n`);
  await bench(missing.length > 0 ? alone : servers, quick ? short : usual, print);
}

export async function bench(names: string[], pace: Pace, print: (text: string) => void): Promise<void> {
  const results = await runRounds(names, pace, print);
  for (const [name, seen] of results) print(`\n${table(name, rowsOf(seen))}`);
  print(`\n${explain(names, pace, [...results.values()].flatMap(rowsOf))}`);
}

export function sayMissing(missing: string[]): string {
  return `Only ours is measured, since ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not installed: "npm install --prefix tests/bench" adds what it can be compared with.`;
}

function rowsOf(seen: Map<string, Parameters<typeof compare>[1]>): Row[] {
  return [...seen].map(([server, one]) => compare(server, one, seen.get('bare')!));
}

// A server that had time to rest was not at its limit: other programs took its core, or the load was too slow.
function rests(rows: Row[]): number {
  return rows.filter(({ busy }) => busy < 0.9).length;
}

function explain(names: string[], { starts, rounds }: Pace, rows: Row[]): string {
  const rested = rests(rows);
  const others = names.length > alone.length ? `, ${versions(frameworks)}` : '';
  return [
    `Node ${process.versions.node}${others}; ${count(starts * rounds)}; ${canPin ? 'servers on one core, the load on another' : 'no taskset here, so nothing was pinned to a core and the figures jump more'}.`,
    ...(rested > 0 ? [`In ${rested} of ${rows.length} lines the server was not at its limit, since other programs were at work as well: read its processor time only.`] : []),
    'How to read it: 1.00 is level with bare node:http, 0.50 is half as good; the median of the rounds, then the lowest and the highest.',
  ].join('\n');
}

function count(rounds: number): string {
  return rounds === 1 ? 'one round' : `${rounds} rounds`;
}
