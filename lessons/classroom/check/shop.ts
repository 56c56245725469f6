// The shop: the program under check, its folders, and all starts of it during one check.
//
//   openShop({ file: '…/answer.ts', … })
//     ──►  shop.ask('GET /menu/2'), shop.cafe.restart(), shop.close()
//
// Each has folders of its own, gone when it is closed: one for the data, and one for each start of
// the program, so that a file in the wrong place is found.

import { Folders } from './folders.ts';
import type { Ask, Cafe } from './format.ts';
import { meddle } from './meddle.ts';
import { isRunning, startProgram, type Asked, type Program } from './program.ts';
import type { Kept, Trouble } from './state.ts';
import { wrongFolder, type Found } from './trouble.ts';
import type { Checked } from './verdict.ts';

/** The program never came so far that it could be asked. */
export class Unstartable extends Error {
  readonly trouble: Trouble;
  constructor(trouble: Trouble) {
    super(trouble.kind);
    this.trouble = trouble;
  }
}

export function openShop(checked: Checked): Shop {
  return new Shop(checked, new Folders(checked.file, checked.check.given ?? {}));
}

export class Shop {
  /** The folder that all others lie in. */
  readonly folder: string;
  /** What a step or a mistake may ask for. */
  readonly cafe: Cafe;
  readonly #checked: Checked;
  readonly #folders: Folders;
  #program: Program | undefined;
  /** Of the starts that are over. */
  #listenCalls = 0;
  #lines = 0;

  constructor(checked: Checked, folders: Folders) {
    this.#checked = checked;
    this.#folders = folders;
    this.folder = folders.top;
    this.cafe = cafeOf(this, folders);
  }

  async open(): Promise<Program> {
    const { spares, file, onStart } = this.#checked;
    const cwd = this.#folders.addStart();
    const started = await startProgram(spares, file, { dataDir: this.#folders.data, cwd });
    if (!isRunning(started)) throw new Unstartable(started);
    this.#program = started;
    onStart?.(started, cwd);
    return started;
  }

  async #leave(how: 'end' | 'kill'): Promise<void> {
    const program = this.#program;
    if (program === undefined) return;
    await program[how]();
    this.#listenCalls = Math.max(this.#listenCalls, program.listenCalls());
    this.#lines += program.lines();
    this.#program = undefined;
  }

  async ask(wanted: Ask): Promise<Asked> {
    return (await this.running()).ask(wanted);
  }

  /** The program as it runs; started again if it has ended. */
  async running(): Promise<Program> {
    if (this.#program && !this.#program.isAlive()) await this.#leave('kill');
    return this.#program ?? this.open();
  }

  async again(how: 'end' | 'kill'): Promise<void> {
    await this.#leave(how);
    await this.open();
  }

  /** Like again(); false if the program does not listen any more. */
  async startsAgain(): Promise<boolean> {
    try {
      await this.again('end');
      return true;
    } catch (error) {
      if (!(error instanceof Unstartable)) throw error;
      return false;
    }
  }

  /** What was not flushed when the last answer came is gone. */
  async cutPower(): Promise<void> {
    const kept = this.kept().at(-1);
    await this.#leave('kill');
    if (kept) this.#folders.cutBack(kept);
    await this.open();
  }

  kept(): Kept[] {
    return this.#program?.kept() ?? [];
  }

  async idle(): Promise<void> {
    await this.#program?.idle();
  }

  async kill(): Promise<void> {
    await this.#program?.kill();
  }

  listenCalls(): number {
    return Math.max(this.#listenCalls, this.#program?.listenCalls() ?? 0);
  }

  isFull(): boolean {
    return this.#program?.trouble().kind === 'memory';
  }

  trouble(): Trouble {
    return this.#program!.trouble();
  }

  /** Files that the program wrote where they do not belong. */
  litter(): Found | undefined {
    const names = this.#folders.litter(this.#checked.root);
    return names.length === 0 ? undefined : wrongFolder(names);
  }

  notes(): string[] {
    const lines = this.#lines + (this.#program?.lines() ?? 0);
    return lines > 10_000 ? [tooManyLines(lines)] : [];
  }

  async close(): Promise<void> {
    await this.#leave('kill');
    this.#folders.remove();
  }
}

function tooManyLines(lines: number): string {
  return `answer.ts printed ${lines.toLocaleString('en')} lines. ` +
    'That is much to read, and slows it down.';
}

function cafeOf(shop: Shop, folders: Folders): Cafe {
  return {
    ask: (wanted) => shop.ask(wanted),
    seen: [],
    file: (name) => folders.read(name),
    files: () => folders.names(),
    restart: () => shop.again('end'),
    kill: () => shop.again('kill'),
    cutPower: () => shop.cutPower(),
    flushed: (name) => folders.flushed(name, shop.kept()),
    idle: () => shop.idle(),
    fillDisk: async () => (await shop.running()).setFull(true),
    freeDisk: async () => (await shop.running()).setFull(false),
    starts: () => shop.startsAgain(),
    ...meddle(folders.data, folders.top),
  };
}
