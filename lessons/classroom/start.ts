// The starter: any server file, as a process of its own, watched from outside.
//
//   startServer({ file: 'lessons/04-router/server.ts', port: 0 })
//     ──►  node --import preload.js lessons/04-router/server.ts
//     ──►  { url: 'http://127.0.0.1:43817', port: 43817, stop() }
//
// The child says over its channel where it listens (see preload.js), and ends when the channel
// closes: nothing is left behind, whatever becomes of this process.

import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { relative } from 'node:path';
import type { Readable } from 'node:stream';
import { Advice } from './advice.ts';
import { hearClock, late, wallClock, type Clock } from './patience.ts';

export type ServerOptions = {
  file: string;
  /** Moves the server's first listen() here; 0 takes any free port, on 127.0.0.1. */
  port?: number | undefined;
  /** Moves listen() to this address. */
  host?: string | undefined;
  dataDir?: string | undefined;
  cwd?: string | undefined;
  env?: Record<string, string>;
  /** Further modules to load into the server before its first line, after the preload. */
  imports?: string[];
  onOutput?: (text: string, from: 'stdout' | 'stderr') => void;
  /** The child writes straight to this terminal; onOutput then hears nothing. */
  inherit?: boolean;
  /** How long startServer() waits for listen(): milliseconds of the server's (patience.ts). */
  patience?: number;
  /** Starts that clock, as startServer() always does, or leaves that to the file. */
  clock?: boolean | 'by itself';
};

export type Listening = { port: number; address: string };
export type Failure = { failed: string; port: number };
export type End = { code: number | null; signal: NodeJS.Signals | null };

export type Spawned = {
  child: ChildProcess;
  /** undefined when the server ended without ever listening. */
  listening: Promise<Listening | undefined>;
  exited: Promise<End>;
  /** Why listen() did not succeed, once the child has said so. */
  failure(): Failure | undefined;
  isStopping(): boolean;
  stop(): Promise<End>;
  /** For whoever waits for the server. */
  clock: Clock;
};

export type Started = Spawned & { url: string; port: number };

/** This Node runs a .ts file by itself, or the types are taken out of it before (plain.js). */
export function typescriptFlags(): string[] {
  return isNative() ? [] : ['--import', new URL('types.js', import.meta.url).href];
}

export function isNative(): boolean {
  return Boolean((process.features as { typescript?: unknown }).typescript);
}

/** Throws Advice when the server ends, or waits too long, before it listens. */
export async function startServer(options: ServerOptions): Promise<Started> {
  const errors: string[] = [];
  function onOutput(text: string, from: 'stdout' | 'stderr'): void {
    if (from === 'stderr') errors.push(text);
    options.onOutput?.(text, from);
  }
  const spawned = spawnServer({ ...options, clock: true, onOutput });
  const { clock } = spawned;
  const listening = await clock.within(options.patience ?? 10_000, spawned.listening);
  if (listening === late) throw new Advice(await giveUp(spawned, options));
  if (listening === undefined) throw new Advice(await explainEnd(spawned, options, errors));
  return { ...spawned, port: listening.port, url: urlOf(listening) };
}

async function giveUp(spawned: Spawned, { file, cwd, patience }: ServerOptions): Promise<string> {
  await spawned.stop();
  const seconds = (patience ?? 10_000) / 1000;
  return `${nameOf(file, cwd)} ran for ${seconds} seconds and listened on no port. ` +
    'Does it reach its listen()?';
}

async function explainEnd(
  spawned: Spawned,
  { file, cwd }: ServerOptions,
  errors: string[],
): Promise<string> {
  const end = await spawned.exited;
  const error = errors.join('').trim();
  const wrote = error ? `It wrote:\n${error}` : 'It wrote no error.';
  return `${nameOf(file, cwd)} ended ${howItEnded(end)} before it listened. ${wrote}`;
}

function nameOf(file: string, cwd = process.cwd()): string {
  const name = relative(cwd, file).replaceAll('\\', '/');
  return name.startsWith('..') ? file : name;
}

export function howItEnded({ code, signal }: End): string {
  return signal === null ? `with status ${code}` : `by ${signal}`;
}

// "localhost" may mean another server on ::1, so what hears 127.0.0.1 is called by that name.
function urlOf({ port, address }: Listening): string {
  return address === '::1' ? `http://[::1]:${port}` : `http://127.0.0.1:${port}`;
}

/** Starts the server and comes back at once; startServer() waits until it listens. */
export function spawnServer(options: ServerOptions): Spawned {
  const child = spawn(process.execPath, flags(options), {
    cwd: options.cwd,
    env: environment(options),
    stdio: pipes(options),
    windowsHide: true,
  });
  child.stdout?.setEncoding('utf8').on('data', (text) => options.onOutput?.(text, 'stdout'));
  child.stderr?.setEncoding('utf8').on('data', (text) => options.onOutput?.(text, 'stderr'));
  return watchChild(child, clockOf(child));
}

// The guard's pipe comes after those that every child has, and its channel.
function clockOf({ stdio }: ChildProcess): Clock {
  const dots = stdio[4] as Readable | undefined;
  return dots ? hearClock(dots) : wallClock;
}

function watchChild(child: ChildProcess, clock: Clock): Spawned {
  let failure: Failure | undefined;
  let stopping = false;
  const exited = waitForEnd(child);
  child.on('message', (message: Failure) => {
    if (isFailure(message)) failure = message;
  });
  function stop() {
    stopping = true;
    return endChild(child, exited, clock);
  }
  return {
    child,
    listening: waitForListen(child, exited),
    exited,
    failure: () => failure,
    isStopping: () => stopping,
    stop,
    clock,
  };
}

function flags({ file, imports = [] }: ServerOptions): string[] {
  const preload = new URL('preload.js', import.meta.url).href;
  return [...typescriptFlags(), ...[preload, ...imports].flatMap((url) => ['--import', url]), file];
}

function pipes({ inherit, clock }: ServerOptions): StdioOptions {
  if (inherit) return ['inherit', 'inherit', 'inherit', 'ipc'];
  return ['ignore', 'pipe', 'pipe', 'ipc', ...(clock ? ['pipe' as const] : [])];
}

function environment(options: ServerOptions): NodeJS.ProcessEnv {
  const { port, host, dataDir, clock, env } = options;
  // A test runner's own mark would make a child that runs tests believe it was a part of them.
  const { NODE_TEST_CONTEXT, ...inherited } = process.env;
  const address = host ?? (port === 0 ? '127.0.0.1' : undefined);
  return {
    ...inherited,
    ...(dataDir === undefined ? {} : { DATA_DIR: dataDir }),
    ...(port === undefined ? {} : { PORT: String(port), CLASSROOM_PORT: String(port) }),
    ...(address === undefined ? {} : { HOST: address, CLASSROOM_HOST: address }),
    ...(clock === true && { CLASSROOM_CLOCK: 'yes' }),
    ...env,
    CLASSROOM: 'yes',
  };
}

type Message = { listening?: unknown; address?: unknown } | null;

function waitForListen(child: ChildProcess, exited: Promise<End>): Promise<Listening | undefined> {
  return new Promise((resolve) => {
    child.on('message', (message: Message) => {
      const port = message?.listening;
      if (typeof port === 'number') resolve({ port, address: String(message?.address) });
    });
    void exited.then(() => resolve(undefined));
  });
}

function isFailure(message: Failure | null): boolean {
  return typeof message?.failed === 'string';
}

// The process may be gone before its last words are read: pipes and channel are waited for,
// but not for ever, since a grandchild can hold a pipe open.
async function waitForEnd(child: ChildProcess): Promise<End> {
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const end = await new Promise<End>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: -1, signal: null }));
  });
  const disconnected = child.connected ? once(child, 'disconnect') : undefined;
  await wallClock.within(500, Promise.all([closed, disconnected]));
  return end;
}

// Windows knows no SIGTERM and ends the process at once; elsewhere it gets two seconds to tidy up.
async function endChild(child: ChildProcess, exited: Promise<End>, clock: Clock): Promise<End> {
  child.kill('SIGTERM');
  return exited.finally(clock.alarm(2000, () => child.kill('SIGKILL')));
}
