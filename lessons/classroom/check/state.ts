// The state of a program under check: what its process tells, kept until somebody wants to know.
//
//   { loaded: true }                        ──►  state.loaded resolves
//   { listening: 43817 }                    ──►  state.listenCalls is 1
//   { crashed: { name: 'TypeError', … } }   ──►  state.failed, and state.trouble()
//
// And what it is asked: has your turn passed (ping), and is nothing left to do (idle)?

import type { End, Failure } from '../start.ts';
import { Clock } from './clock.ts';
import type { Warm } from './spare.ts';

export type Failed = { name: string; code: string; message: string; stack: string };

/** Why a program cannot be asked anything. */
export type Trouble = {
  kind: 'compile' | 'erase' | 'import' | 'throws' | 'exits' | 'await'
    | 'never' | 'starting' | 'busy' | 'memory' | 'port' | 'signal';
  failed: Failed | undefined;
  end: End | undefined;
  /** What it printed. */
  printed: string;
  lines: number;
};

/** How many bytes of each file are flushed; a file is known by its number. */
export type Kept = Record<string, number>;

/** What the process tells (warm.js, preload.js). */
type News = {
  warm?: boolean;
  begun?: boolean;
  loaded?: boolean;
  unloaded?: Failed;
  waits?: boolean;
  crashed?: Failed;
  beat?: number;
  listening?: number;
  pong?: number;
  idle?: number;
  kept?: Kept;
};

export class State {
  /** The first error. */
  failed: Failed | undefined;
  /** How often it began to listen. */
  listenCalls = 0;
  readonly kept: Kept[] = [];
  isLoaded = false;
  readonly #warm: Warm;
  readonly #begun = openSignal();
  readonly #loaded = openSignal();
  readonly #clock = new Clock();
  readonly #pongs = new Map<number, () => void>();
  readonly #idles = new Map<number, () => void>();
  #questions = 0;
  #isLoading = false;
  #waits = false;

  constructor(warm: Warm) {
    this.#warm = warm;
    warm.child.on('message', (news: News) => this.#hear(news));
  }

  #hear(news: News): void {
    if (news.begun) this.#begun.give();
    if (news.loaded) this.isLoaded = true;
    if (news.loaded) this.#loaded.give();
    if (news.unloaded) this.#isLoading = true;
    if (news.waits) this.#waits = true;
    if (typeof news.beat === 'number') this.#clock.hear(news.beat);
    this.failed ??= news.unloaded ?? news.crashed;
    if (typeof news.listening === 'number') this.listenCalls += 1;
    if (typeof news.pong === 'number') this.#pongs.get(news.pong)?.();
    if (typeof news.idle === 'number') this.#idles.get(news.idle)?.();
    if (news.kept) this.kept.push(news.kept);
  }

  /** Resolves when the program's first line is next. */
  get begun(): Promise<void> {
    return this.#begun.given;
  }

  /** Resolves when the program has run to its last line. */
  get loaded(): Promise<void> {
    return this.#loaded.given;
  }

  /** Resolves when the program's clock has beaten so often. */
  beats(count: number): Promise<void> {
    return this.#clock.beats(count);
  }

  /** Resolves with what was printed since the last time, once the program's turn has passed. */
  ping(): Promise<string> {
    const id = this.#questions++;
    const { child, stdout, stderr } = this.#warm;
    const heard = new Promise<void>((resolve) => this.#pongs.set(id, resolve));
    child.send({ ping: id }, () => {});
    return heard
      .then(() => Promise.all([stdout.until(String(id)), stderr.until(String(id))]))
      .then((texts) => texts.join(''));
  }

  /** Resolves when so many requests have come, and nothing is left to do. */
  idle(requests: number): Promise<void> {
    const id = this.#questions++;
    const heard = new Promise<void>((resolve) => this.#idles.set(id, resolve));
    this.#warm.child.send({ watch: id, requests }, () => {});
    return heard;
  }

  isStuck(): boolean {
    return this.#warm.stderr.has('busy');
  }

  trouble(end?: End): Trouble {
    const { stdout, stderr } = this.#warm;
    const refused = this.#warm.failure();
    const failed = this.failed ?? (refused && notListening(refused));
    return {
      kind: this.#kindOf(failed, end),
      failed,
      end,
      printed: stdout.rest() + stderr.rest(),
      lines: stdout.lines() + stderr.lines(),
    };
  }

  #kindOf(failed: Failed | undefined, end: End | undefined): Trouble['kind'] {
    if (this.#warm.stderr.has('memory')) return 'memory';
    if (this.isStuck()) return 'busy';
    if (this.#warm.failure() !== undefined) return 'port';
    if (failed && this.#isLoading) return whyNotLoaded(failed);
    if (failed) return 'throws';
    if (this.#waits) return 'await';
    return end?.signal ? 'signal' : 'exits';
  }
}

/** A promise that somebody else resolves. */
function openSignal(): { given: Promise<void>; give: () => void } {
  let give = () => {};
  const given = new Promise<void>((resolve) => { give = resolve; });
  return { given, give: () => give() };
}

function notListening({ failed, port }: Failure): Failed {
  return { name: 'Error', code: failed, message: `listen() failed on port ${port}`, stack: '' };
}

function whyNotLoaded({ name, code, message, stack }: Failed): Trouble['kind'] {
  if (code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX') return 'erase';
  if (noTypescript.has(name) || noTypescript.has(code)) return 'compile';
  if (noImport.has(code) || / does not provide an export named /.test(message)) return 'import';
  const isOfNode = !/\n\s+at (?!.*node:internal)/.test(stack);
  return name === 'SyntaxError' && isOfNode ? 'compile' : 'throws';
}

// The first is esbuild's name for it (plain.js), the second is Node's code.
const noTypescript = new Set(['TransformError', 'ERR_INVALID_TYPESCRIPT_SYNTAX']);

const noImport = new Set([
  'ERR_MODULE_NOT_FOUND',
  'MODULE_NOT_FOUND',
  'ERR_UNKNOWN_BUILTIN_MODULE',
  'ERR_PACKAGE_PATH_NOT_EXPORTED',
  'ERR_UNSUPPORTED_DIR_IMPORT',
]);
