// The database when the power fails, when it is killed, and when calls of the disk fail: on a disk that forgets.
//
//   work  ──►  after each thing that changes the disk: a power cut  ──►  four mornings  ──►  open, look, go on

import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { openDatabase, type Database } from '../db/database.ts';
import { Disk, randomFrom, type Random, type State } from './db/disk.ts';
import { contentOf, doWork, newWork, type Work } from './db/work.ts';

const folder = '/disk/data';

const open = (at: string): Promise<Database> => openDatabase(folder, { snapshotAfter: 1_500, report: () => {} })
  .catch((error) => assert.fail(`${at}: ${error.message}`));

/** How many of the changes are there? Those who were told are, and nothing is half there. */
async function changesIn(db: Database, { after }: Work, told: number, at: string): Promise<number> {
  const content = await contentOf(db);
  const count = [after[-1]!, ...after].lastIndexOf(content);
  assert.ok(count >= told, `${at}: ${told} changes were acknowledged, but what is there is ${count === -1 ? `half of something: ${content.slice(0, 300)}` : `only the first ${count}`}.`);
  return count;
}

type Moment = { states: State[]; killed: Disk | undefined; told: number };

/** Does the work from change `from` on, and notes what a power cut could leave after each step. `told`: how many were acknowledged before. */
async function moments(t: TestContext, disk: Disk, work: Work, random: Random, from = 0, told = from): Promise<Moment[]> {
  const noted: Moment[] = [];
  const done = new Set<number>();
  disk.plugIn(t);
  disk.after = () => noted.push({ states: disk.afterPowerCut(random, 2), killed: noted.length < 8 || random() < 0.1 ? disk.afterKill() : undefined, told });
  const db = await open('work');
  told = from;
  await doWork(db, work, random, (n) => {
    done.add(n);
    while (done.has(told)) told += 1;
  }, from);
  await db.close();
  noted.push({ states: disk.afterPowerCut(random, 2), killed: undefined, told });
  assert.equal(told, work.steps.length);
  disk.after = () => {};
  return noted;
}

async function opened(t: TestContext, disk: Disk, work: Work, told: number, at: string): Promise<number> {
  disk.plugIn(t);
  const db = await open(at);
  const count = await changesIn(db, work, told, at);
  await db.close();
  return count;
}

test('a power cut at any step leaves all that was acknowledged and nothing half, and so does the next one', async (t) => {
  let count = 0;
  for (const seed of [1, 2]) {
    const random = randomFrom(seed);
    const work = newWork(30, random);
    const disk = new Disk();
    if (seed === 1) disk.most = 100;
    for (const [step, { states, killed, told }] of (await moments(t, disk, work, random)).entries()) {
      for (const [index, state] of states.entries()) {
        count += 1;
        const at = `seed ${seed}, step ${step}, state ${index}`;
        const there = await opened(t, new Disk(state), work, told, at);
        if (random() > 0.04) continue;
        for (const [step, moment] of (await moments(t, new Disk(state), work, random, there)).entries()) {
          count += 1;
          await opened(t, new Disk(moment.states[2]), work, moment.told, `${at}, then step ${step}`);
        }
      }
      if (!killed) continue;
      const at = `seed ${seed}, killed at step ${step}`;
      const seen = await opened(t, killed.afterKill(), work, told, at);
      for (const [step, moment] of (await moments(t, killed, work, random, seen, told)).entries()) {
        count += 1;
        await opened(t, new Disk(moment.states[step % 4]), work, moment.told, `${at}, then a power cut at step ${step}`);
      }
    }
  }
  t.diagnostic(`${count} states`);
  assert.ok(count >= 2_000, `only ${count} states`);
});
