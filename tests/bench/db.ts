// The benchmark of the database: what does keeping cost, beside other stores and beside the bare disk?
//
//   npm run bench db        ──►  eight tables and the goals, after about five minutes
//   npm run bench db quick  ──►  the same, coarser, in about a minute

import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { contestants, contestantsWithout } from './contestants.ts';
import { onDisk } from './disks.ts';
import { changeTasks, figuresTable, insertTasks, show, type Figures, type Task } from './figures.ts';
import { goalsTable } from './goals.ts';
import { runTasks, type Pace } from './keepers.ts';
import { runOpenings } from './openings.ts';
import { databases, missingPeers, unusablePeers, versions } from './peers.ts';

const usual: Pace = { many: 100_000, rounds: 10, turns: 4, warm: 500, turn: 100, openings: 9 };
const short: Pace = { many: 100_000, rounds: 3, turns: 2, warm: 100, turn: 80, openings: 3 };

export async function run(quick: boolean, print: (text: string) => void = console.log): Promise<void> {
  const missing = missingPeers(databases);
  const unusable = await unusablePeers(databases.filter((name) => !missing.includes(name)));
  print(sayWhoIsMissing(missing, unusable));
  await bench([...missing, ...unusable], quick ? short : usual, print);
}

/** `missing`: the packages that are not here. */
export async function bench(missing: string[], pace: Pace, print: (text: string) => void): Promise<void> {
  const names = contestantsWithout(missing);
  const load = loadavg()[0]!;
  const figures: Figures = new Map();
  const [inserts, changes] = [insertTasks(), changeTasks(pace.many)];
  const place = await onDisk(async (folder) => {
    print('Inserts:');
    await runTasks(inserts, names, join(folder, 'inserts'), pace, figures, print);
    print('Updates and gets:');
    await runTasks(changes, names, join(folder, 'changes'), pace, figures, print);
    print('Opening, memory and pauses:');
    await runOpenings(names, folder, pace, figures, print);
    return folder;
  });
  for (const task of [...inserts, ...changes]) print(`\n${tableOf(task, figures)}`);
  for (const text of otherTables(pace.many, figures)) print(`\n${text}`);
  print(`\n${goalsTable(figures)}`);
  print(`\n${explain({ load, place, others: databases.filter((name) => !missing.includes(name)), openings: pace.openings, rounds: pace.rounds })}`);
}

export function sayWhoIsMissing(missing: string[], unusable: string[]): string {
  return [
    ...(missing.length > 0 ? [`Not installed: ${missing.join(', ')}. "npm install --prefix tests/bench" adds what ours can be compared with.`] : []),
    ...(unusable.length > 0 ? [`Not for this Node: ${unusable.join(', ')}. "npm rebuild --prefix tests/bench" makes it anew, and needs a C++ compiler where there is no finished one.`] : []),
  ].join('\n') || 'All stores are here.';
}

function tableOf({ name, title, unit, level }: Task, figures: Figures): string {
  return figuresTable(title, unit, figures.get(name)!, level, (of) => {
    const { title, durability } = contestants.find(({ name }) => name === of)!;
    return [title, durability];
  });
}

const rows: Record<string, [string, string]> = {
  parse: ['JSON.parse alone', 'without reading the file'],
  ours: ['ours', 'from a snapshot'],
  'ours-left': ['ours', 'as inserts have left it'],
  'sqlite-full': ['SQLite', 'reads nothing before it must'],
  lowdb: ['lowdb', ''],
  nedb: ['nedb', ''],
  during: ['ours', 'while a snapshot is taken'],
  without: ['ours', 'as long, without one'],
};

function otherTables(many: number, figures: Figures): string[] {
  const titles = (name: string) => rows[name]!;
  return [
    figuresTable(`Opening ${show(many)} records in a new process`, 'milliseconds', figures.get('open')!, 'parse', titles),
    figuresTable(`Memory of ${show(many)} records: heap and external after garbage collection, less what was there before`, 'megabytes', figures.get('memory')!, 'lowdb', titles),
    figuresTable(`The longest pause, with ${show(many)} records and four writers`, 'milliseconds', figures.get('pauses')!, '', titles),
  ];
}

type Explained = { load: number; place: string; others: string[]; openings: number; rounds: number };

/** `load`: how many programs wanted a core in the minute before. (On Windows always 0.) */
export function explain({ load, place, others, openings, rounds }: Explained, cores = availableParallelism()): string {
  return [
    `Node ${process.versions.node}${others.length > 0 ? `, ${versions(others)}` : ''}, ${cores} cores; ${rounds} rounds, ${openings} openings; the data lay on the disk, in ${place}.`,
    ...(load > cores / 2 ? [`Other programs were at work when it began (load ${load.toFixed(1)}), and these figures are theirs as well: run it again when they are done.`] : []),
    'Time in which another program had the core is not counted, as far as the system tells it (Linux does).',
    'How to read it: the median of the rounds; then what it is beside the line with 1, as the median of the ratios within each round, the lowest and the highest. The pause is judged by its worst round.',
    'SQLite runs with its write-ahead log. Its commits cannot share a flush here, since better-sqlite3 does one after the other.',
  ].join('\n');
}
