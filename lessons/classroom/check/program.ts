// A program under check: loaded, asked, and looked at from outside until nothing is left to chance.
//
//   startProgram(spares, '…/answer.ts', { dataDir, cwd })
//     ──►  a Program, or a Trouble that says why not
//   program.ask({ target: '/menu/2' })
//     ──►  { how: 'answered', status: 200, text: '…', … }
//
// "No answer" is never read off a clock alone: a program that waits for nothing any more says so
// by itself (warm.js). The clock only ends what would go on for ever.

import { setTimeout as pause } from 'node:timers/promises';
import { sendRequest, type Exchange, type Pairs } from '../exchange.ts';
import type { End, Listening } from '../start.ts';
import type { Ask, Came } from './format.ts';
import type { Spares, Warm } from './spare.ts';
import { State, type Failed, type Kept, type Trouble } from './state.ts';

/** A request as it is sent. */
export type Sent = {
  method: string;
  target: string;
  headers: Pairs;
  body: Buffer;
  pieces: Buffer[] | undefined;
};

export type Asked = Came & {
  sent: Sent;
  failed: Failed | undefined;
  why: string;
  exchange: Exchange | undefined;
};

export type Program = {
  /** For whoever looks on (look.ts). */
  process: Warm;
  ask(ask: Ask): Promise<Asked>;
  isAlive(): boolean;
  /** How often it began to listen. */
  listenCalls(): number;
  lines(): number;
  trouble(): Trouble;
  /** For each of its answers: what was flushed when it went out. */
  kept(): Kept[];
  /** Until it has nothing left to do, such as a file that nobody waits for; not for ever. */
  idle(): Promise<void>;
  /** From now on there is no room for what it writes, or there is again. */
  setFull(full: boolean): Promise<void>;
  /** Politely, with SIGTERM. */
  end(): Promise<void>;
  /** At once. */
  kill(): Promise<void>;
};

export type ProgramFolders = { dataDir: string; cwd: string };

// In beats of the program's own clock, of 20 ms each (warm.js); milliseconds for what never beats.
const patience = { starting: 300, listening: 125, answer: 200, end: 100, milliseconds: 60_000 };

export async function startProgram(
  spares: Spares,
  file: string,
  { dataDir, cwd }: ProgramFolders,
): Promise<Program | Trouble> {
  const warm = spares.take();
  if (await first<unknown>([warm.ready, warm.exited]) !== true) {
    throw new Error(`A process for the check could not be started. ${warm.stderr.rest()}`);
  }
  const state = new State(warm);
  warm.child.send({ load: file, dataDir, cwd }, () => {});
  const there = await untilListening(warm, state);
  if (typeof there === 'object') {
    return new RunningProgram(warm, state, `http://127.0.0.1:${there.port}`);
  }
  if (there !== 'ended') await kill(warm);
  const trouble = state.trouble(await warm.exited);
  return there === 'ended' || trouble.kind === 'memory' ? trouble : { ...trouble, kind: there };
}

type There = Listening | 'ended' | 'starting' | 'never';

async function untilListening(warm: Warm, state: State): Promise<There> {
  const there = await first<unknown>([
    warm.listening.then((listening) => listening ?? 'ended'),
    warm.exited.then(() => 'ended'),
    state.loaded
      .then(() => state.beats(patience.listening))
      .then(() => 'never'),
    state.begun
      .then(() => state.beats(patience.starting))
      .then(() => (state.isLoaded ? new Promise(() => {}) : 'starting')),
  ]);
  return there === late ? 'starting' : there as There;
}

export function isRunning(program: Program | Trouble): program is Program {
  return 'ask' in program;
}

const late = Symbol('late');

async function first<T>(promises: Promise<T>[]): Promise<T | typeof late> {
  const over = new AbortController();
  const clock = pause(patience.milliseconds, late, { signal: over.signal }).catch(() => late);
  return Promise.race([...promises, clock as Promise<typeof late>]).finally(() => over.abort());
}

async function kill(warm: Warm): Promise<void> {
  warm.child.kill('SIGKILL');
  await warm.exited;
}

// ── a program that listens ──

class RunningProgram implements Program {
  readonly process: Warm;
  readonly #state: State;
  readonly #url: string;
  #requests = 0;
  /** How many pieces of answers have come. */
  #pieces = 0;
  #gone: End | undefined;

  constructor(process: Warm, state: State, url: string) {
    this.process = process;
    this.#state = state;
    this.#url = url;
    void process.exited.then((end) => { this.#gone = end; });
  }

  async ask(wanted: Ask): Promise<Asked> {
    const stop = new AbortController();
    const start = performance.now();
    this.#requests += 1;
    const sent = prepare(wanted);
    const onPiece = () => { this.#pieces += 1; };
    const waits = { forAnswer: 60_000, forEnd: 60_000, stop: stop.signal, onPiece };
    const answer = sendRequest(this.#url, sent, waits).catch((error: Error) => error);
    const how = await this.#wait(answer);
    // What it wrote before is on its way here.
    if (how !== 'answered') await pause(10).then(() => pause(10)).then(() => pause(10));
    stop.abort();
    return this.#settle({ sent, how, milliseconds: performance.now() - start }, await answer);
  }

  async #wait(answer: Promise<Exchange | Error>): Promise<Came['how']> {
    const how = await first<Came['how']>([
      answer.then(() => 'answered'),
      this.process.exited.then(() => 'ended'),
      this.#state.idle(this.#requests).then(() => this.#quiet()).then(() => 'silent'),
      this.#state.beats(patience.answer).then(() => 'silent'),
    ]);
    return how === late ? 'silent' : how;
  }

  // It has nothing left to do, but what it has written may still be on its way here.
  async #quiet(): Promise<void> {
    let seen = NaN;
    while (seen !== this.#pieces) {
      seen = this.#pieces;
      await pause(30);
    }
  }

  // One more turn of the program: an error right after the answer belongs to this request.
  async #settle({ how, ...waited }: Waited, answer: Exchange | Error): Promise<Asked> {
    const { stdout, stderr, exited } = this.process;
    const lastWords = exited.then(() => stdout.rest() + stderr.rest());
    const printed = await first([this.#state.ping(), lastWords]);
    const exchange = answer instanceof Error ? undefined : answer;
    return describe({
      ...waited,
      exchange,
      failed: this.#state.failed,
      how: this.#howItWent(exchange, how),
      printed: printed === late ? '' : printed,
      why: answer instanceof Error ? answer.message : '',
    });
  }

  #howItWent(exchange: Exchange | undefined, how: Came['how']): Came['how'] {
    if (this.#state.isStuck()) return 'busy';
    if (this.#gone) return 'ended';
    if (exchange === undefined) return how === 'answered' ? 'cut' : how;
    if (exchange.cut === undefined) return 'answered';
    return how === 'answered' ? 'cut' : 'unended';
  }

  isAlive(): boolean {
    return this.#gone === undefined && this.process.child.connected;
  }

  listenCalls(): number {
    return this.#state.listenCalls;
  }

  lines(): number {
    return this.process.stdout.lines() + this.process.stderr.lines();
  }

  trouble(): Trouble {
    return this.#state.trouble(this.#gone);
  }

  kept(): Kept[] {
    return this.#state.kept;
  }

  async idle(): Promise<void> {
    const idle = this.#state.idle(this.#requests);
    await first<unknown>([idle, this.#state.beats(patience.answer), this.process.exited]);
  }

  async setFull(full: boolean): Promise<void> {
    this.process.child.send({ full }, () => {});
    await first<unknown>([this.#state.ping(), this.process.exited]);
  }

  // Polite, but not for ever.
  async end(): Promise<void> {
    this.process.child.kill('SIGTERM');
    await first<unknown>([this.process.exited, this.#state.beats(patience.end)]);
    await kill(this.process);
  }

  kill(): Promise<void> {
    return kill(this.process);
  }
}

type Waited = Pick<Asked, 'sent' | 'how' | 'milliseconds'>;

// ── what came, and what is sent ──

type Known = Omit<Asked, 'status' | 'headers' | 'header' | 'text' | 'bytes' | 'json' | 'error'>;

function describe(known: Known): Asked {
  const { how, exchange, failed } = known;
  const bytes = exchange?.body ?? Buffer.alloc(0);
  const headers = exchange?.headers ?? [];
  const text = bytes.toString('utf8');
  return {
    ...known,
    headers,
    text,
    bytes,
    status: exchange?.status ?? 0,
    header: (name) => valuesOf(headers, name).join(', '),
    json: readJson(text),
    error: how === 'ended' && failed ? errorOf(failed) : undefined,
  };
}

function valuesOf(headers: Pairs, wanted: string): string[] {
  const lower = wanted.toLowerCase();
  return headers.filter(([name]) => name.toLowerCase() === lower).map(([, value]) => value);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function errorOf({ name, code, message }: Failed): Came['error'] {
  return { name, code, message };
}

/** 'GET /menu/2', or { target: '/api/menu', json: … }, as it is sent. */
export function prepare(ask: Ask): Sent {
  if (typeof ask === 'string') {
    return prepare({ method: ask.split(' ', 1)[0]!, target: ask.slice(ask.indexOf(' ') + 1) });
  }
  const { target, json, pieces, headers = {} } = ask;
  const body = json === undefined ? ask.body ?? '' : JSON.stringify(json);
  const isTyped = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  const needsType = json !== undefined && !isTyped;
  const type: Pairs = needsType ? [['Content-Type', 'application/json']] : [];
  return {
    target,
    method: ask.method ?? (body.length > 0 || pieces ? 'POST' : 'GET'),
    headers: [...type, ...Object.entries(headers)],
    body: Buffer.from(body as Uint8Array),
    pieces: pieces?.map((piece) => Buffer.from(piece as Uint8Array)),
  };
}
