// What it takes to begin: opening, memory, and the pauses while a snapshot is taken.
//
//   ours         as it opens a snapshot
//   ours-left    as it opens what inserts have left: a snapshot, and a journal behind it
//   parse        JSON.parse of the same records
//
// Each opening has a process of its own, as a server has that starts.

import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { add, type Figures } from './figures.ts';
import { startKeeper, type Pace } from './keepers.ts';
import type { Opened } from './opened.ts';
import type { Pauses } from './pauses.ts';
import { startStore } from './processes.ts';
import { recordsUpTo } from './stores/item.ts';

const openers = ['parse', 'ours', 'ours-left', 'sqlite-full', 'lowdb', 'nedb'];

export async function runOpenings(names: string[], folder: string, { many, openings }: Pace, figures: Figures, progress: (text: string) => void): Promise<void> {
  const wanted = openers.filter((name) => names.includes(name.replace('-left', '')));
  progress('Filling what is to be opened …');
  for (const name of wanted) await prepare(name, join(folder, `open-${name}`), many);
  await fill('ours-journal', join(folder, 'journal'), many);
  for (let round = 1; round <= openings; round++) {
    progress(`Opening, ${round} of ${openings} …`);
    for (const name of wanted) await openOne(name, join(folder, `open-${name}`), figures);
    await pauseOnce(folder, figures);
  }
}

async function prepare(name: string, folder: string, many: number): Promise<void> {
  await mkdir(folder);
  if (name === 'parse') return writeFile(join(folder, 'records.json'), JSON.stringify(recordsUpTo(many)));
  if (name !== 'ours') return fill(name.replace('-left', ''), folder, many);
  await fill('ours-journal', folder, many);
  const keeper = await startKeeper('ours-snapshot', folder, many);
  await keeper.ask({ job: 'update' });
  await keeper.ask({ job: 'close' });
  await keeper.stop();
}

async function fill(name: string, folder: string, many: number): Promise<void> {
  const keeper = await startKeeper(name, folder, many);
  await keeper.ask({ job: 'fill' });
  await keeper.ask({ job: 'close' });
  await keeper.stop();
}

async function openOne(name: string, folder: string, figures: Figures): Promise<void> {
  const { first, stop } = await startStore<Opened>(['opened.ts', name.replace('-left', ''), folder], ['--expose-gc']);
  await stop();
  add(figures, 'open', name, first.milliseconds);
  if (name !== 'parse') add(figures, 'memory', name, first.megabytes);
}

async function pauseOnce(folder: string, figures: Figures): Promise<void> {
  const copy = join(folder, 'pauses');
  await cp(join(folder, 'journal'), copy, { recursive: true });
  const { first, stop } = await startStore<Pauses>(['pauses.ts', copy], ['--expose-gc']);
  await stop();
  await rm(copy, { recursive: true });
  add(figures, 'pauses', 'during', first.during);
  add(figures, 'pauses', 'without', first.without);
}
