// How long did they wait? The one in the middle, and the one of a hundred who waited longest.
//
//   [0.6, 0.7, 0.6, … 4.2]  ──►  { median: 0.6, p99: 4.1 }
//
//   waitsTable('While eight people log in', [menu], growth)
//     ──►  GET /menu     0.62 ms    1.80 ms        0.71 ms    4.20 ms    p99   +2.40 ms    ✔ at most +5 ms
//
// An average would hide the one in a hundred, and that one is a guest too.

import { median } from './ratios.ts';

/** In milliseconds, one number for each time that somebody waited: without the crowd, and with it. */
export type Waits = { name: string; quiet: number[]; crowded: number[] };

type Short = { median: number; p99: number };
type Verdict = (quiet: Short, crowded: Short) => string;

/** The smallest wait that 99 of 100 did not exceed. */
export function p99(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.99) - 1]!;
}

/** The goal: while eight people log in, the p99 of other requests grows by at most 5 ms. */
export const growth: Verdict = (quiet, crowded) => {
  const more = crowded.p99 - quiet.p99;
  return `p99 ${`${more < 0 ? '' : '+'}${more.toFixed(2)} ms`.padStart(10)}    ${mark(more <= 5)} at most +5 ms`;
};

/** The goal: the median of a save stays below 1 ms and its p99 below 10 ms. */
export const limits: Verdict = (_quiet, crowded) => {
  return `${mark(crowded.median < 1)} median below 1 ms    ${mark(crowded.p99 < 10)} p99 below 10 ms`;
};

export function waitsTable(title: string, rows: Waits[], verdict: Verdict): string {
  const heads = [`${' '.repeat(20)}${'quiet'.padEnd(26)}crowded`, `${' '.repeat(20)}${'median        p99'.padEnd(26)}median        p99`];
  return [title, '', ...heads, ...rows.map((row) => line(row, verdict))].join('\n');
}

function line({ name, ...waits }: Waits, verdict: Verdict): string {
  const [quiet, crowded] = [shorten(waits.quiet), shorten(waits.crowded)];
  return `  ${name.padEnd(16)}${both(quiet)}     ${both(crowded)}    ${verdict(quiet, crowded)}`;
}

function shorten(values: number[]): Short {
  return { median: median(values), p99: p99(values) };
}

function both({ median, p99 }: Short): string {
  return `${show(median)} ${show(p99)}`;
}

function show(milliseconds: number): string {
  return `${milliseconds.toFixed(2)} ms`.padStart(10);
}

function mark(isMet: boolean): string {
  return isMet ? '✔' : '✘';
}
