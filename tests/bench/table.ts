// The result as text: one table for each case, the leanest server first.
//
//   GET text
//
//              processor time for one request    requests per second
//     bare     1.00               22.1 µs        1.00               42,310
//     ours     0.96  0.94–0.98    23.0 µs        0.96  0.93–0.99    40,600

import type { Row, Spread } from './ratios.ts';

export function table(name: string, rows: Row[]): string {
  const sorted = [...rows].sort((a, b) => b.cpu.middle - a.cpu.middle);
  return [name, '', `${' '.repeat(11)}${'processor time for one request'.padEnd(34)}requests per second`, ...sorted.map(line)].join('\n');
}

function line({ server, cpu, speed, microseconds, perSecond }: Row): string {
  const time = `${microseconds.toFixed(1)} µs`.padStart(8);
  const count = Math.round(perSecond).toLocaleString('en').padStart(7);
  return `  ${server.padEnd(9)}${show(cpu)}${time}        ${show(speed)}${count}`;
}

function show({ middle, lowest, highest }: Spread): string {
  const between = lowest === highest ? '' : `${lowest.toFixed(2)}–${highest.toFixed(2)}`;
  return `${middle.toFixed(2)}  ${between.padEnd(12)}`;
}
