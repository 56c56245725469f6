// One check of one program: its steps in order, until one does not hold.
//
//   checkProgram({ file: '…/answer.ts', check, … })
//     ──►  { passed: false, story: 'Ada asks for the teas.', mistake: { code: 'T3', name: 'missing return', … }, … }
//
// The verdict is quick, and the program is alone: where the mistake is, is looked for afterwards (look.ts).

import { readFileSync } from 'node:fs';
import type { Ask, Cafe, Check, Mistake, Step, Want } from './format.ts';
import { placeIn } from './place.ts';
import type { Asked } from './program.ts';
import { openShop, Unstartable, type Shop } from './shop.ts';
import { emptyFile, findNoAnswer, findTrouble, listensTwice, nameless, type Found } from './trouble.ts';
import type { Checked, NotPassed, Verdict } from './verdict.ts';
import { brokenWants, sayWant } from './wants.ts';

export async function checkProgram(checked: Checked): Promise<Verdict> {
  const { file } = checked;
  if (readFileSync(file, 'utf8').trim() === '') return { passed: false, mistake: emptyFile(), place: undefined, notes: [] };
  const shop = openShop(checked);
  try {
    return await judge(checked, shop);
  } finally {
    await shop.close();
  }
}

async function judge(checked: Checked, shop: Shop): Promise<Verdict> {
  const { file, check, root } = checked;
  try {
    await shop.open();
    const failed = await walk(check, shop, checked);
    const notes = shop.notes();
    if (failed) return { ...failed, notes };
    const mistake = shop.doors() > 1 ? listensTwice(shop.doors()) : shop.litter();
    return mistake ? { passed: false, mistake, place: undefined, notes } : { passed: true, steps: check.steps.length, notes };
  } catch (error) {
    if (!(error instanceof Unstartable)) throw error;
    return { passed: false, mistake: findTrouble(error.trouble), place: placeIn(error.trouble.failed, file, root), notes: [] };
  }
}

async function walk(check: Check, shop: Shop, { file, root }: Checked): Promise<Omit<NotPassed, 'notes'> | undefined> {
  for (const [index, step] of check.steps.entries()) {
    const { came, want, broken } = await takeStep(step, shop);
    if (came.how === 'answered' && broken.length === 0) {
      shop.cafe.seen.push(came);
      continue;
    }
    const mistake = shop.doors() > 1 ? listensTwice(shop.doors()) : await nameMistake(step, came, broken, shop);
    return { passed: false, mistake, step: { number: index + 1, of: check.steps.length, story: step.story, came, expected: sayWant(want), broken }, place: placeIn(came.failed, file, root) };
  }
  return undefined;
}

export type Taken = { came: Asked; want: Want; broken: string[] };

/** `watch` may look on while it sends the request itself. */
export async function takeStep(step: Step, shop: Shop, watch = (ask: Ask) => shop.ask(ask)): Promise<Taken> {
  await before(step, shop.cafe);
  const ask = typeof step.ask === 'function' ? await step.ask(shop.cafe) : step.ask;
  const came = await watch(ask);
  const want = typeof step.want === 'function' ? await step.want(shop.cafe) : step.want;
  const broken = came.how === 'answered' ? await brokenWants(want, came, shop.cafe) : [];
  return { came, want, broken };
}

async function before({ before }: Step, cafe: Cafe): Promise<void> {
  if (before === 'restart') await cafe.restart();
  else if (before === 'kill') await cafe.kill();
  else if (before === 'power cut') await cafe.cutPower();
  else await before?.(cafe);
}

async function nameMistake({ mistakes = [] }: Step, came: Asked, broken: string[], shop: Shop): Promise<Found> {
  if (shop.isFull()) return findTrouble({ ...shop.trouble(), kind: 'memory' });
  // What lies in a wrong place is missing in the right one, and that would look like another mistake.
  const litter = shop.litter();
  if (litter) return litter;
  for (const mistake of mistakes) {
    if (await mistake.fits(came, shop.cafe)) return found(mistake, came);
  }
  return findNoAnswer(came) ?? nameless(broken, came);
}

function found({ code, name, says, tryThis, lesson }: Mistake, came: Asked): Found {
  return { code, name, says: typeof says === 'string' ? says : says(came), tryThis, lesson };
}
