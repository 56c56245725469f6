// Numbers that can be compared: each round's figure over that of the bare server in the same round.
//
//   bare 20 µs, 22 µs, 21 µs   ours 25 µs, 22 µs, 24 µs  ──►  { middle: 0.88, lowest: 0.80, highest: 1.00 }
//
// A computer is faster in one minute than in the next; within one round it is about the same. So the
// ratio is taken first and the median of the ratios then, and not the other way round.

/** What one turn saw of one server: microseconds of processor time, answers, milliseconds. */
export type Seen = { cpu: number; answers: number; took: number };
export type Spread = { middle: number; lowest: number; highest: number };
export type Row = { server: string; cpu: Spread; speed: Spread; microseconds: number; perSecond: number; busy: number };

export function compare(server: string, seen: Seen[], bare: Seen[]): Row {
  return {
    server,
    cpu: spread(seen.map((one, round) => cpuOf(bare[round]!) / cpuOf(one))),
    speed: spread(seen.map((one, round) => speedOf(one) / speedOf(bare[round]!))),
    microseconds: median(seen.map(cpuOf)),
    perSecond: median(seen.map(speedOf)),
    busy: median(seen.map(({ cpu, took }) => cpu / 1000 / took)),
  };
}

/** The turn whose requests cost least: what disturbs a turn only ever adds to it. */
export function leanestOf(turns: Seen[]): Seen {
  return turns.reduce((least, turn) => (cpuOf(turn) < cpuOf(least) ? turn : least));
}

function cpuOf({ cpu, answers }: Seen): number {
  return cpu / answers;
}

function speedOf({ answers, took }: Seen): number {
  return answers / took * 1000;
}

export function spread(values: number[]): Spread {
  return { middle: median(values), lowest: Math.min(...values), highest: Math.max(...values) };
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
