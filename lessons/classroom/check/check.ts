// One check of one program: its steps in order, until one does not hold.
//
//   checkProgram({ file: '…/answer.ts', check, … })
//     ──►  { passed: false, mistake: { code: 'T3', name: 'missing return', … }, … }
//
// The verdict is quick, and the program is alone: where the mistake is, is looked for afterwards
// (look.ts).

import { readFileSync } from 'node:fs';
import type { Ask, Cafe, Check, Mistake, Step, Want } from './format.ts';
import { placeIn } from './place.ts';
import type { Asked } from './program.ts';
import { openShop, Unstartable, type Shop } from './shop.ts';
import {
  emptyFile, findNoAnswer, findTrouble, listensTwice, nameless, type Found,
} from './trouble.ts';
import type { Checked, FailedStep, NotPassed, Verdict } from './verdict.ts';
import { brokenWants, sayWant } from './wants.ts';

export async function checkProgram(checked: Checked): Promise<Verdict> {
  if (readFileSync(checked.file, 'utf8').trim() === '') {
    return { passed: false, mistake: emptyFile(), place: undefined, notes: [] };
  }
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
    const failed = await walk(checked, shop);
    const notes = shop.notes();
    if (failed) return { ...failed, notes };
    const mistake = listensTooOften(shop) ?? shop.litter();
    if (mistake) return { passed: false, mistake, place: undefined, notes };
    return { passed: true, steps: check.steps.length, notes };
  } catch (error) {
    if (!(error instanceof Unstartable)) throw error;
    const mistake = findTrouble(error.trouble);
    const place = placeIn(error.trouble.failed, file, root);
    return { passed: false, mistake, place, notes: [] };
  }
}

function listensTooOften(shop: Shop): Found | undefined {
  return shop.listenCalls() > 1 ? listensTwice(shop.listenCalls()) : undefined;
}

type Failed = Omit<NotPassed, 'notes'>;

async function walk({ check, file, root }: Checked, shop: Shop): Promise<Failed | undefined> {
  for (const [index, step] of check.steps.entries()) {
    const taken = await takeStep(step, shop);
    const { came, broken } = taken;
    if (came.how !== 'answered' || broken.length > 0) {
      const mistake = listensTooOften(shop) ?? await nameMistake(step, taken, shop);
      const place = placeIn(came.failed, file, root);
      return { passed: false, mistake, step: failedStep(check, index, taken), place };
    }
    shop.cafe.seen.push(came);
  }
  return undefined;
}

function failedStep({ steps }: Check, index: number, { came, want, broken }: Taken): FailedStep {
  const { story } = steps[index]!;
  return { number: index + 1, of: steps.length, story, came, expected: sayWant(want), broken };
}

export type Taken = { came: Asked; want: Want; broken: string[] };

/** `watch` may look on while it sends the request itself. */
export async function takeStep(
  step: Step,
  shop: Shop,
  watch = (ask: Ask) => shop.ask(ask),
): Promise<Taken> {
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

async function nameMistake(step: Step, { came, broken }: Taken, shop: Shop): Promise<Found> {
  if (shop.isFull()) return findTrouble({ ...shop.trouble(), kind: 'memory' });
  // What lies in a wrong place is missing in the right one, and that looks like another mistake.
  const litter = shop.litter();
  if (litter) return litter;
  for (const mistake of step.mistakes ?? []) {
    if (await mistake.fits(came, shop.cafe)) return found(mistake, came);
  }
  return findNoAnswer(came) ?? nameless(broken, came);
}

function found({ code, name, says, tryThis, lesson }: Mistake, came: Asked): Found {
  return { code, name, says: typeof says === 'string' ? says : says(came), tryThis, lesson };
}
