// The shop: the program under check, its folders, and all starts of it during one check.
//
//   openShop({ file: '…/answer.ts', … })  ──►  shop.ask('GET /menu/2'), shop.cafe.restart(), shop.close()
//
// Each has folders of its own, gone when it is closed: one for the data, and one for each start of
// the program, so that a file in the wrong place is found.

import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import type { Checked } from './verdict.ts';
import type { Ask, Cafe } from './format.ts';
import { meddle } from './meddle.ts';
import { isRunning, startProgram, type Asked, type Kept, type Program, type Trouble } from './program.ts';
import { wrongFolder, type Found } from './trouble.ts';

/** The program never came so far that it could be asked. */
export class Unstartable extends Error {
  readonly trouble: Trouble;
  constructor(trouble: Trouble) {
    super(trouble.kind);
    this.trouble = trouble;
  }
}

export type Shop = ReturnType<typeof openShop>;

export function openShop({ file, check, spares, root, onStart }: Checked) {
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
    onStart?.(started, cwd);
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
    return (await running()).ask(wanted);
  }

  /** The program as it runs; started again if it has ended. */
  async function running(): Promise<Program> {
    if (program && !program.isAlive()) await leave('kill');
    return program ?? open();
  }

  async function again(how: 'end' | 'kill'): Promise<void> {
    await leave(how);
    await open();
  }

  // What was not flushed when the last answer came is gone.
  async function cutPower(): Promise<void> {
    const kept = program?.kept().at(-1);
    await leave('kill');
    if (kept) for (const name of filesBelow(dataDir)) cutBack(join(dataDir, name), kept);
    await open();
  }

  function flushed(name: string): string[] {
    const file = join(dataDir, name);
    const bytes = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
    return (program?.kept() ?? []).map((kept) => bytes.subarray(0, sizeKept(file, kept)).toString());
  }

  async function startsAgain(): Promise<boolean> {
    try {
      await again('end');
      return true;
    } catch (error) {
      if (!(error instanceof Unstartable)) throw error;
      return false;
    }
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
    cutPower,
    flushed,
    idle: async () => program?.idle(),
    fillDisk: async () => (await running()).setFull(true),
    freeDisk: async () => (await running()).setFull(false),
    starts: startsAgain,
    ...meddle(dataDir, folder),
  };

  return {
    cafe, ask, open, running, litter, folder,
    kill: () => program?.kill(),
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

function cutBack(file: string, kept: Kept): void {
  truncateSync(file, sizeKept(file, kept));
}

function sizeKept(file: string, kept: Kept): number {
  const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
  return Math.min(Number(stat?.size ?? 0), kept[String(stat?.ino)] ?? 0);
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
