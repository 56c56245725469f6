// The rounds of the stores: everyone in turn, again and again, each in a process of its own.
//
//   start disk ours sqlite-full …   fill all, warm all up
//   round 1:  one writer: disk ours sqlite-full … disk ours …   64 writers: disk ours … disk ours …
//   round 2:  the same …             ──►  { one → { ours → [4_310, 4_280, …] } }      times a second
//
// In short turns, as in rounds.ts. A round's turns are added up, and the leanest does not count
// alone: a disk that rests now and then is a part of what flushing costs.

import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { settle } from './disks.ts';
import { add, type Figures, type Task } from './figures.ts';
import type { Did, Order } from './keeper.ts';
import { startStore } from './processes.ts';

/** `many`: how many records are many; `warm` and `turn` in milliseconds; `openings`: how often each is opened. */
export type Pace = { many: number; rounds: number; turns: number; warm: number; turn: number; openings: number };

type Push = (task: Task, name: string, milliseconds: number) => Promise<Did>;
export type Keeper = { ask(order: Order): Promise<Did>; stop(): Promise<void> };

export async function startKeeper(name: string, folder: string, size: number): Promise<Keeper> {
  await mkdir(folder, { recursive: true });
  return startStore(['keeper.ts', name, folder, String(size)]);
}

export async function runTasks(tasks: Task[], names: string[], folder: string, pace: Pace, figures: Figures, progress: (text: string) => void): Promise<void> {
  const keepers = new Map<string, Keeper>();
  try {
    progress('Starting, filling, warming up …');
    for (const { name, size } of keepersOf(tasks, names)) keepers.set(`${name} ${size}`, await fillNew(name, join(folder, `${name}-with-${size}`), size));
    const push: Push = ({ job, writers, size }, name, milliseconds) => keepers.get(`${name} ${size}`)!.ask({ job, writers, milliseconds });
    for (const task of tasks) for (const name of whoIsIn(task, names)) await push(task, name, pace.warm);
    for (let round = 1; round <= pace.rounds; round++) {
      progress(`Round ${round} of ${pace.rounds} …`);
      for (const task of tasks) await runRound(task, whoIsIn(task, names), pace, figures, push);
    }
  } finally {
    await Promise.all([...keepers.values()].map((keeper) => keeper.stop()));
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function runRound(task: Task, names: string[], { turns, turn }: Pace, figures: Figures, push: Push): Promise<void> {
  const sums = new Map(names.map((name) => [name, { done: 0, took: 0 }]));
  for (let n = 0; n < turns; n++) {
    for (const [name, sum] of sums) {
      if (task.job !== 'get') settle();
      const { done, took } = await push(task, name, turn);
      sum.done += done;
      sum.took += took;
    }
  }
  for (const [name, { done, took }] of sums) add(figures, task.name, name, done / took * 1000);
}

function whoIsIn({ of }: Task, names: string[]): string[] {
  return of.filter((name) => names.includes(name));
}

/** Tasks among as many records share a process. */
function keepersOf(tasks: Task[], names: string[]): { name: string; size: number }[] {
  const all = tasks.flatMap((task) => whoIsIn(task, names).map((name) => ({ name, size: task.size })));
  return all.filter((one, at) => all.findIndex(({ name, size }) => name === one.name && size === one.size) === at);
}

async function fillNew(name: string, folder: string, size: number): Promise<Keeper> {
  const keeper = await startKeeper(name, folder, size);
  await keeper.ask({ job: 'fill' });
  return keeper;
}
