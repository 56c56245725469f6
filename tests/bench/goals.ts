// What the benchmarks were meant to reach, and what they reached.
//
//   { claim: '64 writers insert at least 25 times …', over: ['many', 'ours'], under: ['many', 'sqlite-full'], least: 25 }
//     ──►  ✔     31.2   64 writers insert at least 25 times as fast as SQLite FULL
//
// One figure over the other of the same round, and the median of that.

import { show, type Figures } from './figures.ts';
import { median } from './ratios.ts';

type Which = [figure: string, of: string];
export type Goal = { claim: string; over: Which; under?: Which; least?: number; most?: number; unit?: string };

export const goals: Goal[] = [
  { claim: '64 writers insert at least 25 times as fast as SQLite FULL', over: ['many', 'ours'], under: ['many', 'sqlite-full'], least: 25 },
  { claim: '64 writers insert with at least 0.8 of what the disk can do', over: ['many', 'ours'], under: ['many', 'disk'], least: 0.8 },
  { claim: 'one writer is no slower than SQLite FULL', over: ['one', 'ours'], under: ['one', 'sqlite-full'], least: 1 },
  { claim: 'an update among many costs at most 1.2 times as much as among 1,000', over: ['update few', 'ours'], under: ['update many', 'ours'], most: 1.2 },
  { claim: 'an update among many is at least 700 times as fast as lowdb', over: ['update many', 'ours'], under: ['update many', 'lowdb'], least: 700 },
  { claim: 'get by id is at least 10 times as fast as nedb', over: ['get', 'ours'], under: ['get', 'nedb'], least: 10 },
  { claim: 'opening a snapshot takes at most 1.5 times as long as JSON.parse', over: ['open', 'ours'], under: ['open', 'parse'], most: 1.5 },
  { claim: 'opening what inserts have left takes at most 1.5 times as long as JSON.parse', over: ['open', 'ours-left'], under: ['open', 'parse'], most: 1.5 },
  { claim: 'the records take at most 1.25 times the memory of lowdb', over: ['memory', 'ours'], under: ['memory', 'lowdb'], most: 1.25 },
  { claim: 'no pause is longer than 5 ms while a snapshot is taken', over: ['pauses', 'during'], most: 5, unit: ' ms' },
];

export function judge(goal: Goal, figures: Figures): { value: number; isReached: boolean } | undefined {
  const over = figures.get(goal.over[0])?.get(goal.over[1]);
  const under = goal.under && figures.get(goal.under[0])?.get(goal.under[1]);
  if (!over || (goal.under && !under)) return undefined;
  const value = under ? median(over.map((one, round) => one / under[round]!)) : Math.max(...over);
  return { value, isReached: value >= (goal.least ?? -Infinity) && value <= (goal.most ?? Infinity) };
}

export function goalsTable(figures: Figures, wanted = goals): string {
  return ['The goals', '', ...wanted.map((goal) => line(goal, judge(goal, figures)))].join('\n');
}

function line({ claim, unit = '' }: Goal, judged: ReturnType<typeof judge>): string {
  if (!judged) return `  –  not measured      ${claim}`;
  return `  ${judged.isReached ? '✔ reached' : '✘ missed '} ${`${show(judged.value, 4)}${unit}`.padStart(8)}   ${claim}`;
}
