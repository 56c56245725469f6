// A crowd at the door, and somebody who only wants a coffee: how long does that one wait?
//
//   crowd   ────────── ▓▓▓▓▓▓▓▓▓▓ ──────────     eight people, each begins again at once
//   one     · · · · ·  · · · · ·  · · · · ·      asks, waits for the answer, pauses, asks for the next
//           quiet      crowded    quiet again
//
// Quiet is what came before and after: a computer has better and worse moments. Each time the place
// is opened anew, since it fills up while it is measured, and a fuller one is slower.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Waits } from './waits.ts';

type Job = () => Promise<unknown>;

/** What is measured, and what the crowd does meanwhile. */
export type Place = { jobs: Record<string, Job>; crowdJob: Job; close: () => Promise<void> };

/** `cost` of a password; `warm` and `phase` in milliseconds. */
export type Pace = { cost: number; warm: number; phase: number };

/** `done`: how often the crowd got what it wanted, in all. */
export type Watched = { rows: Waits[]; done: number };

export const people = 8;

const between = 10; // Milliseconds. Somebody who never pauses would be a crowd as well.

export async function watch(open: (folder: string, cost: number) => Promise<Place>, pace: Pace, progress: (text: string) => void): Promise<Watched> {
  const { waits: before } = await runPhase(open, pace, 0, () => progress('  quiet …'));
  const { waits: crowded, done } = await runPhase(open, pace, people, () => progress(`  with a crowd of ${people} …`));
  const { waits: after } = await runPhase(open, pace, 0, () => progress('  quiet again …'));
  const rows = Object.keys(crowded).map((name) => ({ name, quiet: [...before[name]!, ...after[name]!], crowded: crowded[name]! }));
  return { rows, done };
}

async function runPhase(open: (folder: string, cost: number) => Promise<Place>, { cost, warm, phase }: Pace, size: number, begin: () => void) {
  begin();
  return withFolder(async (folder) => {
    const { jobs, crowdJob, close } = await open(folder, cost);
    try {
      await observe(jobs, warm);
      const crowd = gather(size, crowdJob);
      const waits = await observe(jobs, phase);
      return { waits, done: await crowd.leave() };
    } finally {
      await close();
    }
  });
}

async function observe(jobs: Record<string, Job>, milliseconds: number): Promise<Record<string, number[]>> {
  const waits = Object.fromEntries(Object.keys(jobs).map((name) => [name, [] as number[]]));
  const over = performance.now() + milliseconds;
  do {
    for (const [name, job] of Object.entries(jobs)) {
      const begun = performance.now();
      await job();
      waits[name]!.push(performance.now() - begun);
      await pause(between);
    }
  } while (performance.now() < over);
  return waits;
}

/** leave() waits until all are gone. A job that failed is told there. */
export function gather(size: number, job: Job): { leave: () => Promise<number> } {
  let isOver = false;
  let done = 0;

  async function comeAndGo(): Promise<void> {
    for (; !isOver; done += 1) await job();
  }

  const gone = Promise.all(Array.from({ length: size }, comeAndGo));
  gone.catch(() => {});
  return {
    async leave() {
      const soFar = done;
      isOver = true;
      await gone;
      return soFar;
    },
  };
}

async function withFolder<Result>(act: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  return act(folder).finally(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
}
