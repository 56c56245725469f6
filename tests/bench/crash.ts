// How often may a café be killed until it has lost an order? As in tests/db-crash.test.ts, but longer.
//
//   npm run bench crash         ──►  1,000 kills, in some minutes
//   npm run bench crash quick   ──►  100
//   npm run bench crash 5000    ──►  as many as that
//
// Two cafés at a time, so that they disturb each other. The first loss ends it, and leaves the folder.
// Each begins anew now and then: the more there is in a folder, the more rarely a snapshot is taken.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KilledCafe, type Killed } from '../db/kill.ts';

type Cafe = Pick<KilledCafe, 'killOnce' | 'kept' | 'snapshots'>;

const usual = 1_000;
const short = 100;
const cafes = 2;

/** Resolves with 1 if anything was lost. */
export async function run(quick: boolean, print: (text: string) => void = console.log, times = quick ? short : usual): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const { isLost, sentence } = await crash(times, (number) => new KilledCafe(join(folder, String(number))), print);
  if (!isLost) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  print(isLost ? `${sentence} The data lies in ${folder}, as it was found.` : sentence);
  return isLost ? 1 : 0;
}

/** They are killed, again and again, until all of them together were killed so often. */
export async function crash(times: number, openNew: (number: number) => Cafe, print: (text: string) => void): Promise<{ isLost: boolean; sentence: string }> {
  const begin = performance.now();
  const all: Cafe[] = [];
  const sum = (count: (cafe: Cafe) => number) => all.reduce((soFar, cafe) => soFar + count(cafe), 0);
  let kills = 0;
  let lost: string | undefined;

  async function killAgainAndAgain(): Promise<void> {
    while (lost === undefined && kills < times) await killOften(all[all.push(openNew(all.length)) - 1]!);
  }

  async function killOften(cafe: Cafe): Promise<void> {
    for (let n = 0; n < IN_ONE_FOLDER && lost === undefined && kills < times; n += 1) {
      const kill = ++kills;
      const problem = await cafe.killOnce().then(problemIn, (error: Error) => error.message);
      if (problem !== undefined) lost ??= `Kill ${show(kill)}: ${problem}`;
      if (kill % ONE_STEP === 0 && kill < times) print(`  ${show(kill)} of ${show(times)} kills, ${show(sum(({ kept }) => kept.size))} orders told …`);
    }
  }

  print(`${show(times)} kills under load, ${cafes} cafés at a time:`);
  await Promise.all(Array.from({ length: cafes }, killAgainAndAgain));
  const seconds = Math.round((performance.now() - begin) / 1000);
  return { isLost: lost !== undefined, sentence: lost ?? `${show(kills)} times killed in ${show(seconds)} seconds: all of the ${show(sum(({ kept }) => kept.size))} orders that were told are there, none is half there, and all was opened again. About ${show(sum(({ snapshots }) => snapshots))} snapshots were taken meanwhile.` };
}

const ONE_STEP = 50;
const IN_ONE_FOLDER = 25;

export function problemIn({ told, twice, lost, half }: Killed): string | undefined {
  if (lost.length > 0) return `${list(lost)} told, and not there any more.`;
  if (half.length > 0) return `${list(half)} half there: a paid order without its payment, or a payment without its order.`;
  if (twice.length > 0) return `${list(twice)} given to two orders.`;
  return told.length === 0 ? 'it took no order at all: see above why it ended.' : undefined;
}

function list(ids: number[]): string {
  return ids.length === 1 ? `${ids[0]} was` : `${ids.join(', ')} were`;
}

function show(count: number): string {
  return count.toLocaleString('en');
}
