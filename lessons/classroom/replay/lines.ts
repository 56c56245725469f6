// Lines: the walk once more, one row for each line of the functions that the pages have taught.
//
//   46 const byWord = …  ⤶ then byWord = …   ──►  46 const byWord = …   then byWord = …
//   the same line, 22 times                  ──►  one row, ×22, with what it gave each time
//   if (!route) return …;  if (!node) …;     ──►  (2 checks passed)
//
// What is folded away is counted at the line that called it.

import { stationsIn, type Room } from './fold.ts';
import type { Step, Value } from './steps.ts';

/** In the order in which they ran, as steps that can be printed like any others. */
export function linesOf(rooms: Room[], steps: Step[]): Step[] {
  const own = stationsIn(rooms).flatMap((station) => station.steps);
  const shown = new Set(own.map(({ call }) => call));
  const parents = new Map(steps.map(({ call, parent }) => [call, parent]));
  const rows = withReturns(steps.filter(({ call }) => shown.has(call)), countFolded(steps, shown));
  return withoutChecks(withoutLoops(rows))
    .map((row) => ({ ...row, depth: depthOf(row, parents, shown) }));
}

/** Coming back is seen as the value that arrives in the line. */
function withReturns(steps: Step[], folded: Map<Step, number>): Step[] {
  const rows: Step[] = [];
  for (const step of steps) {
    const first = step.back &&
      rows.findLast(({ call, line }) => call === step.call && line === step.line);
    if (first) merge(first, step);
    else rows.push({ ...step, source: withCount(step.source, folded.get(step)) });
  }
  return rows;
}

function merge(row: Step, { changed, returned, threw }: Step): void {
  if (changed) row.changed = [...(row.changed ?? []), ...changed];
  if (returned !== undefined) row.returned = returned;
  if (threw !== undefined) row.threw = threw;
}

function withCount(source: string, folded: number | undefined): string {
  return folded === undefined ? source : `${source}   (+${folded} folded)`;
}

/** By the line that called them, how many lines are folded away. */
function countFolded(steps: Step[], shown: Set<number>): Map<Step, number> {
  const folded = new Map<Step, number>();
  let caller: Step | undefined;
  for (const step of steps) {
    if (shown.has(step.call)) caller = step;
    else if (caller && !step.back) folded.set(caller, (folded.get(caller) ?? 0) + 1);
  }
  return folded;
}

/** A line that runs again in the same call is one row. */
function withoutLoops(rows: Step[]): Step[] {
  const first = new Map<string, { row: Step; times: number; source: string }>();
  return rows.filter((row) => {
    const key = `${row.call} ${row.line}`;
    const seen = first.get(key);
    if (!seen) return first.set(key, { row, times: 1, source: row.source });
    seen.times += 1;
    seen.row.source = `${seen.source}   ×${seen.times}`;
    seen.row.changed = strip(seen.row.changed, row.changed);
    if (row.returned !== undefined) seen.row.returned = row.returned;
    if (row.threw !== undefined) seen.row.threw = row.threw;
    return false;
  });
}

/** name = 'tea', and again name = 'cake'  ──►  name = 'tea', 'cake' */
function strip(one: Value[] = [], more: Value[] = []): Value[] {
  const known = new Map(one);
  for (const [name, text] of more) {
    const before = known.get(name);
    known.set(name, before === undefined ? text : `${before}, ${text}`);
  }
  return [...known];
}

/** Checks that hold, one after the other, are one row. */
function withoutChecks(rows: Step[]): Step[] {
  const kept: Step[] = [];
  let passed = 0;
  for (const row of rows) {
    if (!isPassedCheck(row)) {
      kept.push(row);
      passed = 0;
    } else if (passed === 0) {
      kept.push({ ...row, source: '(1 check passed)' });
      passed = 1;
    } else {
      passed += 1;
      kept[kept.length - 1] = { ...kept.at(-1)!, source: `(${passed} checks passed)` };
    }
  }
  return kept;
}

function isPassedCheck({ source, returned, threw, changed, given }: Step): boolean {
  const isPlain = !/(folded\)|×\d+)$/.test(source) && !(returned ?? threw ?? changed ?? given);
  return isPlain && /^if \(.*\) (\{$|throw\b|return\b)/.test(source);
}

/** How many of the calls around it are shown. */
function depthOf({ parent }: Step, parents: Map<number, number>, shown: Set<number>): number {
  let depth = 0;
  for (let call = parent; call !== 0; call = parents.get(call) ?? 0) {
    if (shown.has(call)) depth += 1;
  }
  return depth;
}
