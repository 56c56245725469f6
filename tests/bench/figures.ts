// What is measured, and by whom.
//
//   { name: 'many', title: '64 writers at once', job: 'insert', writers: 64, size: 1_000, of: ['disk', 'ours', …] }
//     ──►  in each round one figure for each of them: { many → { ours → [31_200, 29_800, …] } }
//
// One of them is level, and all others are told in relation to it.

import { median, spread } from './ratios.ts';

/** A figure for each round. */
export type Figures = Map<string, Map<string, number[]>>;

/** `size`: how many records are there. */
export type Task = { name: string; title: string; unit: string; level: string; of: string[]; job: 'insert' | 'update' | 'get'; writers: number; size: number };

const limits = ['disk', 'disk-awaited'];
const all = ['ours', 'sqlite-full', 'sqlite-normal', 'lowdb', 'nedb'];

export const few = 1_000;

export function insertTasks(): Task[] {
  return [
    { name: 'one', title: 'One writer, one insert after the other', unit: 'inserts a second', level: 'disk', of: [...limits, ...all], job: 'insert', writers: 1, size: few },
    { name: 'many', title: '64 writers at once', unit: 'inserts a second', level: 'disk', of: [...limits, ...all], job: 'insert', writers: 64, size: few },
  ];
}

export function changeTasks(many: number): Task[] {
  return [
    { name: 'update few', title: `An update among ${show(few)} records`, unit: 'updates a second', level: 'ours', of: all, job: 'update', writers: 1, size: few },
    { name: 'update many', title: `An update among ${show(many)} records`, unit: 'updates a second', level: 'ours', of: all, job: 'update', writers: 1, size: many },
    { name: 'get', title: `get by id among ${show(many)} records`, unit: 'a second', level: 'ours', of: all, job: 'get', writers: 1, size: many },
  ];
}

export function add(figures: Figures, name: string, of: string, figure: number): void {
  const own = figures.get(name) ?? new Map<string, number[]>();
  own.set(of, [...own.get(of) ?? [], figure]);
  figures.set(name, own);
}

/** `titles`: what is in the first column and the second for each of them. Without one that is level, lowest and highest are of the figures. */
export function figuresTable(title: string, unit: string, figures: Map<string, number[]>, level: string, titles: (name: string) => [string, string]): string {
  const rows = [...figures].map(([name, values]) => line(titles(name), values, figures.get(level)));
  return [title, '', `${' '.repeat(48)}${unit.padStart(22)}${figures.has(level) ? '       ratio' : ''}`, ...rows].join('\n');
}

function line([title, durability]: [string, string], values: number[], level: number[] | undefined): string {
  const { middle, lowest, highest } = spread(level ? values.map((value, round) => value / level[round]!) : values);
  const between = lowest === highest ? '' : `${show(lowest)}–${show(highest)}`;
  const ratio = level ? show(middle).padStart(12) : '';
  return `  ${title.padEnd(24)}${durability.padEnd(32)}${show(median(values)).padStart(12)}${ratio}  ${between}`.trimEnd();
}

/** Three digits that count, or more. */
export function show(value: number, digits = 3): string {
  return value.toLocaleString('en', value >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: digits });
}
