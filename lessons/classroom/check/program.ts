// A program under check: loaded, asked, and looked at from outside until nothing is left to chance.
//
//   startProgram(spares, '…/answer.ts', { dataDir, cwd })  ──►  a Program, or a Trouble that says why not
//   program.ask({ target: '/menu/2' })                      ──►  { how: 'answered', status: 200, text: '…', … }
//
// "No answer" is never read off a clock alone: a program that waits for nothing any more says so
// by itself (warm.js). The clock only ends what would go on for ever.

import { setTimeout as pause } from 'node:timers/promises';
import { sendRequest, type Exchange } from '../exchange.ts';
import { howItEnded, type End, type Listening } from '../start.ts';
import type { Ask, Came } from './format.ts';
import type { Spares, Warm } from './spare.ts';

export type Failed = { name: string; code: string; message: string; stack: string };
export type Sent = ReturnType<typeof prepare>;
export type Asked = Came & { sent: Sent; failed: Failed | undefined; why: string; exchange: Exchange | undefined };

/** Why a program cannot be asked anything. */
export type Trouble = {
  kind: 'compile' | 'erase' | 'import' | 'throws' | 'exits' | 'await' | 'never' | 'starting' | 'busy' | 'memory' | 'port' | 'signal';
  failed: Failed | undefined;
  end: End | undefined;
  /** What it printed. */
  printed: string;
  lines: number;
};

export type Program = {
  /** For whoever looks on (look.ts). */
  process: Warm;
  ask(ask: Ask): Promise<Asked>;
  isAlive(): boolean;
  /** How often it began to listen. */
  doors(): number;
  lines(): number;
  trouble(): Trouble;
  /** For each of its answers: how many bytes of each file, by its number, were flushed when it went out. */
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

export type Place = { dataDir: string; cwd: string };
export type Kept = Record<string, number>;

/** In beats of the program's own clock, of 20 ms each (warm.js); milliseconds for what never beats. */
const patience = { starting: 300, listening: 125, answer: 200, end: 100, milliseconds: 60_000 };

type News = { warm?: boolean; begun?: boolean; loaded?: boolean; unloaded?: Failed; waits?: boolean; crashed?: Failed; beat?: number; listening?: number; pong?: number; idle?: number; kept?: Kept };

export async function startProgram(spares: Spares, file: string, { dataDir, cwd }: Place): Promise<Program | Trouble> {
  const warm = spares.take();
  if (await first<unknown>([warm.ready, warm.exited]) !== true) throw new Error(`A process for the check could not be started. ${warm.stderr.rest()}`);
  const state = follow(warm);
  warm.child.send({ load: file, dataDir, cwd }, () => {});
  const there = await untilListening(warm, state);
  if (typeof there === 'object') return runningProgram(warm, state, `http://127.0.0.1:${there.port}`);
  if (there !== 'ended') await kill(warm);
  const trouble = state.trouble(await warm.exited);
  return there === 'ended' || trouble.kind === 'memory' ? trouble : { ...trouble, kind: there };
}

async function untilListening(warm: Warm, state: State): Promise<Listening | 'ended' | 'starting' | 'never'> {
  const there = await first<unknown>([
    warm.listening.then((listening) => listening ?? 'ended'),
    warm.exited.then(() => 'ended'),
    state.loaded.then(() => state.beats(patience.listening)).then(() => 'never'),
    state.begun.then(() => state.beats(patience.starting)).then(() => (state.isLoaded() ? new Promise(() => {}) : 'starting')),
  ]);
  return there === late ? 'starting' : there as Listening | 'ended' | 'starting' | 'never';
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

type State = ReturnType<typeof follow>;

// All that the process tells, kept until somebody wants to know.
function follow(warm: Warm) {
  let failed: Failed | undefined;
  let isLoading = false;
  let isLoaded = false;
  let waits = false;
  let doors = 0;
  let count = 0;
  const kept: Kept[] = [];
  let setLoaded = () => {};
  const loaded = new Promise<undefined>((resolve) => { setLoaded = () => resolve(undefined); });
  let setBegun = () => {};
  const begun = new Promise<undefined>((resolve) => { setBegun = () => resolve(undefined); });
  const pongs = new Map<number, () => void>();
  const idles = new Map<number, () => void>();
  let beat: number | undefined;
  const beating = new Map<() => void, number>();
  warm.child.on('message', (news: News) => {
    if (news.begun) setBegun();
    if (news.loaded) { isLoaded = true; setLoaded(); }
    if (news.unloaded) isLoading = true;
    if (news.waits) waits = true;
    if (typeof news.beat === 'number') hearBeat(news.beat);
    failed = failed ?? news.unloaded ?? news.crashed;
    if (typeof news.listening === 'number') doors += 1;
    if (typeof news.pong === 'number') pongs.get(news.pong)?.();
    if (typeof news.idle === 'number') idles.get(news.idle)?.();
    if (news.kept) kept.push(news.kept);
  });

  /** Resolves with what was printed since the last time, once the program's turn has passed. */
  function ping(): Promise<string> {
    const id = count++;
    const heard = new Promise<void>((resolve) => pongs.set(id, resolve));
    warm.child.send({ ping: id }, () => {});
    return heard.then(() => Promise.all([warm.stdout.until(String(id)), warm.stderr.until(String(id))])).then((texts) => texts.join(''));
  }

  function idle(requests: number): Promise<void> {
    const id = count++;
    const heard = new Promise<void>((resolve) => idles.set(id, resolve));
    warm.child.send({ watch: id, requests }, () => {});
    return heard;
  }

  // Its clock went before anybody listened: what is waited for until the first beat counts from there.
  function hearBeat(now: number): void {
    if (beat === undefined) for (const [resolve, at] of beating) beating.set(resolve, at + now);
    beat = now;
    for (const [resolve, at] of beating) if (now >= at && beating.delete(resolve)) resolve();
  }

  /** Resolves when the program's clock has beaten so often. */
  function beats(count: number): Promise<void> {
    return new Promise((resolve) => beating.set(resolve, (beat ?? 0) + count));
  }

  const isFull = () => warm.stderr.has('memory');
  const isStuck = () => warm.stderr.has('busy');
  function trouble(end?: End): Trouble {
    const refused = warm.failure();
    const known = failed ?? (refused && { name: 'Error', code: refused.failed, message: `listen() failed on port ${refused.port}`, stack: '' });
    const kind = isFull() ? 'memory' : isStuck() ? 'busy' : kindOf({ failed: known, isLoading, waits, end, isPort: refused !== undefined });
    return { kind, failed: known, end, printed: warm.stdout.rest() + warm.stderr.rest(), lines: warm.stdout.lines() + warm.stderr.lines() };
  }
  return { begun, loaded, isLoaded: () => isLoaded, ping, idle, beats, isStuck, trouble, failed: () => failed, doors: () => doors, kept: () => kept };
}

type Facts = { failed: Failed | undefined; isLoading: boolean; waits: boolean; end: End | undefined; isPort: boolean };

function kindOf({ failed, isLoading, waits, end, isPort }: Facts): Trouble['kind'] {
  if (isPort) return 'port';
  if (failed && isLoading) return whyNotLoaded(failed);
  if (failed) return 'throws';
  if (waits) return 'await';
  return end?.signal ? 'signal' : 'exits';
}

function whyNotLoaded({ name, code, message, stack }: Failed): Trouble['kind'] {
  if (code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX') return 'erase';
  if (noTypescript.has(name) || noTypescript.has(code)) return 'compile';
  if (noImport.has(code) || / does not provide an export named /.test(message)) return 'import';
  return name === 'SyntaxError' && !/\n\s+at (?!.*node:internal)/.test(stack) ? 'compile' : 'throws';
}

// The first is esbuild's name for it (plain.js), the second is Node's code.
const noTypescript = new Set(['TransformError', 'ERR_INVALID_TYPESCRIPT_SYNTAX']);
const noImport = new Set(['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND', 'ERR_UNKNOWN_BUILTIN_MODULE', 'ERR_PACKAGE_PATH_NOT_EXPORTED', 'ERR_UNSUPPORTED_DIR_IMPORT']);

function runningProgram(warm: Warm, state: State, url: string): Program {
  let requests = 0;
  let gone: End | undefined;
  void warm.exited.then((end) => { gone = end; });

  async function ask(wanted: Ask): Promise<Asked> {
    const stop = new AbortController();
    const start = performance.now();
    requests += 1;
    const sent = prepare(wanted);
    const answer = sendRequest(url, sent, { forAnswer: 60_000, forEnd: 60_000, stop: stop.signal }).catch((error: Error) => error);
    const how = await wait(answer);
    if (how !== 'answered') await pause(10).then(() => pause(10)).then(() => pause(10)); // what it wrote before is on its way here
    stop.abort();
    return settle({ sent, how, milliseconds: performance.now() - start }, await answer);
  }

  async function wait(answer: Promise<Exchange | Error>): Promise<Came['how']> {
    const how = await first<Came['how']>([
      answer.then(() => 'answered'),
      warm.exited.then(() => 'ended'),
      state.idle(requests).then(() => 'silent'),
      state.beats(patience.answer).then(() => 'silent'),
    ]);
    return how === late ? 'silent' : how;
  }

  // One more turn of the program: an error right after the answer belongs to this request.
  async function settle({ sent, how, milliseconds }: Pick<Asked, 'sent' | 'how' | 'milliseconds'>, answer: Exchange | Error): Promise<Asked> {
    const printed = await first([state.ping(), warm.exited.then(() => warm.stdout.rest() + warm.stderr.rest())]);
    const exchange = answer instanceof Error ? undefined : answer;
    return describe({
      sent, exchange, milliseconds, failed: state.failed(),
      how: state.isStuck() ? 'busy' : gone ? 'ended' : howItWent(exchange, how),
      printed: printed === late ? '' : printed,
      why: answer instanceof Error ? answer.message : '',
    });
  }

  async function idle(): Promise<void> {
    await first<unknown>([state.idle(requests), state.beats(patience.answer), warm.exited]);
  }

  async function setFull(full: boolean): Promise<void> {
    warm.child.send({ full }, () => {});
    await first<unknown>([state.ping(), warm.exited]);
  }

  // Polite, but not for ever.
  async function end(): Promise<void> {
    warm.child.kill('SIGTERM');
    await first<unknown>([warm.exited, state.beats(patience.end)]);
    await kill(warm);
  }

  return {
    process: warm,
    ask,
    isAlive: () => gone === undefined && warm.child.connected,
    doors: state.doors,
    lines: () => warm.stdout.lines() + warm.stderr.lines(),
    trouble: () => state.trouble(gone),
    kept: state.kept,
    idle,
    setFull,
    end,
    kill: () => kill(warm),
  };
}

function howItWent(exchange: Exchange | undefined, how: Came['how']): Came['how'] {
  if (exchange === undefined) return how === 'answered' ? 'cut' : how;
  if (exchange.cut === undefined) return 'answered';
  return how === 'answered' ? 'cut' : 'unended';
}

type Known = Omit<Asked, 'status' | 'headers' | 'header' | 'text' | 'bytes' | 'json' | 'error'>;

function describe(known: Known): Asked {
  const { how, exchange, failed } = known;
  const bytes = exchange?.body ?? Buffer.alloc(0);
  const headers = exchange?.headers ?? [];
  const text = bytes.toString('utf8');
  return {
    ...known, headers, text, bytes,
    status: exchange?.status ?? 0,
    header: (name) => headers.filter(([other]) => other.toLowerCase() === name.toLowerCase()).map(([, value]) => value).join(', '),
    json: readJson(text),
    error: how === 'ended' && failed ? { name: failed.name, code: failed.code, message: failed.message } : undefined,
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** 'GET /menu/2', or { target: '/api/menu', json: … }, as it is sent. */
export function prepare(ask: Ask): { method: string; target: string; headers: [string, string][]; body: Buffer; pieces: Buffer[] | undefined } {
  if (typeof ask === 'string') return prepare({ method: ask.split(' ', 1)[0]!, target: ask.slice(ask.indexOf(' ') + 1) });
  const { target, json, pieces, headers = {} } = ask;
  const body = json === undefined ? ask.body ?? '' : JSON.stringify(json);
  const isTyped = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  return {
    target,
    method: ask.method ?? (body.length > 0 || pieces ? 'POST' : 'GET'),
    headers: [...(json === undefined || isTyped ? [] : [['Content-Type', 'application/json'] as [string, string]]), ...Object.entries(headers)],
    body: Buffer.from(body as Uint8Array),
    pieces: pieces?.map((piece) => Buffer.from(piece as Uint8Array)),
  };
}

export function sayEnd(end: End | undefined): string {
  return end === undefined ? '' : howItEnded(end);
}
