// One check of one program: its steps in order, until one does not hold.
//
//   checkProgram({ file: '…/answer.ts', check, … })
//     ──►  { passed: false, story: 'Ada asks for the teas.', mistake: { code: 'T3', name: 'missing return', … }, … }
//
// Each check has folders of its own, gone when it is over: for the data, and for each start of the
// program the folder that it is started in.

import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import type { Ask, Cafe, Check, Mistake, Step } from './format.ts';
import { placeIn, type Place } from './place.ts';
import { isRunning, startProgram, type Asked, type Program, type Trouble } from './program.ts';
import type { Spares } from './spare.ts';
import { emptyFile, findNoAnswer, findTrouble, listensTwice, nameless, wrongFolder, type Found } from './trouble.ts';
import { brokenWants, sayWant } from './wants.ts';

export type Passed = { passed: true; steps: number; notes: string[] };
export type NotPassed = {
  passed: false;
  mistake: Found;
  /** What was asked, what came, and what was expected; undefined when nothing could be asked. */
  step?: { number: number; of: number; story: string; came: Asked; expected: string[]; broken: string[] };
  place: Place | undefined;
  notes: string[];
};
export type Verdict = Passed | NotPassed;

export type Checked = { file: string; check: Check; spares: Spares; root: string };

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

class Unstartable extends Error {
  readonly trouble: Trouble;
  constructor(trouble: Trouble) {
    super(trouble.kind);
    this.trouble = trouble;
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
    await before(step, shop.cafe);
    const came = await shop.ask(typeof step.ask === 'function' ? await step.ask(shop.cafe) : step.ask);
    const want = typeof step.want === 'function' ? await step.want(shop.cafe) : step.want;
    const broken = came.how === 'answered' ? await brokenWants(want, came, shop.cafe) : [];
    if (came.how === 'answered' && broken.length === 0) {
      shop.cafe.seen.push(came);
      continue;
    }
    const mistake = shop.doors() > 1 ? listensTwice(shop.doors()) : await nameMistake(step, came, broken, shop);
    return { passed: false, mistake, step: { number: index + 1, of: check.steps.length, story: step.story, came, expected: sayWant(want), broken }, place: placeIn(came.failed, file, root) };
  }
  return undefined;
}

async function before({ before }: Step, cafe: Cafe): Promise<void> {
  if (before === 'restart') await cafe.restart();
  else if (before === 'kill') await cafe.kill();
  else await before?.(cafe);
}

async function nameMistake({ mistakes = [] }: Step, came: Asked, broken: string[], shop: Shop): Promise<Found> {
  if (shop.isFull()) return findTrouble({ ...shop.trouble(), kind: 'memory' });
  for (const mistake of mistakes) {
    if (await mistake.fits(came, shop.cafe)) return found(mistake, came);
  }
  return shop.litter() ?? findNoAnswer(came) ?? nameless(broken);
}

function found({ code, name, says, tryThis, lesson }: Mistake, came: Asked): Found {
  return { code, name, says: typeof says === 'string' ? says : says(came), tryThis, lesson };
}

type Shop = ReturnType<typeof openShop>;

// The program, its folders, and all starts of it during one check.
function openShop({ file, check, spares, root }: Checked) {
  const folder = mkdtempSync(join(tmpdir(), 'cafe-'));
  const dataDir = join(folder, 'data');
  const before = look(dirname(file));
  let program: Program | undefined;
  let starts = 0;
  let doors = 0;
  let lines = 0;

  mkdirSync(dataDir);
  for (const [name, text] of Object.entries(check.given ?? {})) {
    mkdirSync(dirname(join(dataDir, name)), { recursive: true });
    writeFileSync(join(dataDir, name), text);
  }

  async function open(): Promise<Program> {
    const cwd = join(folder, `start-${++starts}`);
    mkdirSync(cwd);
    const started = await startProgram(spares, file, { dataDir, cwd });
    if (!isRunning(started)) throw new Unstartable(started);
    program = started;
    return started;
  }

  async function leave(how: 'end' | 'kill'): Promise<void> {
    if (program === undefined) return;
    await program[how]();
    doors = Math.max(doors, program.doors());
    lines += program.lines();
    program = undefined;
  }

  async function ask(wanted: Ask): Promise<Asked> {
    if (program && !program.isAlive()) await leave('kill');
    const came = await (program ?? await open()).ask(wanted);
    return came;
  }

  async function again(how: 'end' | 'kill'): Promise<void> {
    await leave(how);
    await open();
  }

  /** Files that the program wrote where they do not belong. */
  function litter(): Found | undefined {
    const here = readdirSync(folder).filter((name) => name.startsWith('start-')).flatMap((name) => filesBelow(join(folder, name)));
    const beside = [...look(dirname(file))].filter(([name, stamp]) => before.get(name) !== stamp).map(([name]) => relative(root, join(dirname(file), name)).replaceAll('\\', '/'));
    const names = [...new Set([...here.map((name) => `${name} into the folder that it was started in`), ...beside])];
    return names.length === 0 ? undefined : wrongFolder(names);
  }

  const cafe: Cafe = {
    ask,
    seen: [],
    file: (name) => existsSync(join(dataDir, name)) ? readFileSync(join(dataDir, name), 'utf8') : undefined,
    files: () => filesBelow(dataDir),
    restart: () => again('end'),
    kill: () => again('kill'),
  };

  return {
    cafe, ask, open, litter,
    doors: () => Math.max(doors, program?.doors() ?? 0),
    isFull: () => program?.trouble().kind === 'memory',
    trouble: () => program!.trouble(),
    notes: () => {
      const all = lines + (program?.lines() ?? 0);
      return all > 10_000 ? [`answer.ts printed ${all.toLocaleString('en')} lines. That is much to read, and slows it down.`] : [];
    },
    close: async () => {
      await leave('kill');
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    },
  };
}

function filesBelow(folder: string, within = ''): string[] {
  return readdirSync(join(folder, within), { withFileTypes: true }).flatMap((entry) => {
    const path = within + entry.name;
    return entry.isDirectory() ? filesBelow(folder, `${path}/`) : [path];
  }).sort();
}

// Data beside the program, by its endings: an editor's own files (.swp, ~, .tmp) are not looked at.
function look(folder: string): Map<string, string> {
  const data = readdirSync(folder).filter((name) => /^[^.].*\.(json|jsonl|ndjson|txt|log|csv|db|data|html)$/.test(name));
  return new Map(data.map((name) => [name, stampOf(join(folder, name))]));
}

function stampOf(file: string): string {
  const { mtimeMs, size } = statSync(file);
  return `${mtimeMs} ${size}`;
}
