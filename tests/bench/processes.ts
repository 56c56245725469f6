// The processes of one round: each server, and the load; or each store.
//
//   startServer('ours')  ──►  taskset -c 1 node --import meter.ts servers/ours.ts
//                        ──►  { port: 43817, cpu(), stop() }
//   startStore(['keeper.ts', 'ours', '/tmp/bench-a1b2/ours'])  ──►  { ask(order), stop() }
//
// The classroom's preload tells where a server listens, and ends it when this process ends.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { typescriptFlags } from '../../lessons/classroom/start.ts';
import { pinned } from './cores.ts';

export type Server = { port: number; cpu: () => Promise<number>; stop: () => Promise<void> };
export type Load = { ask: <Answer>(message: object) => Promise<Answer>; stop: () => Promise<void> };

/** Milliseconds. */
const patience = 60_000;

export async function startServer(name: string): Promise<Server> {
  const preload = new URL('../../lessons/classroom/preload.js', import.meta.url).href;
  const meter = new URL('meter.ts', import.meta.url).href;
  const child = start('server', ['--import', preload, '--import', meter], `servers/${name}.ts`);
  const { listening } = await hear<{ listening: number }>(child, name);
  return { port: listening, cpu: async () => (await ask<{ cpu: number }>(child, name, 'cpu')).cpu, stop: () => stop(child) };
}

export function startLoad(): Load {
  const child = start('load', [], 'load.ts');
  return { ask: (message) => ask(child, 'the load', message), stop: () => stop(child) };
}

/** On no core of its own: beside its own thread, a store has others that write. */
export async function startStore<First>([file = '', ...words]: string[], flags: string[] = []): Promise<Load & { first: First }> {
  const name = `${file} ${words.join(' ')}`;
  const child = start(undefined, flags, file, words);
  const first = await hear<First>(child, name);
  return { first, ask: (message) => ask(child, name, message), stop: () => stop(child) };
}

function start(side: 'server' | 'load' | undefined, flags: string[], file: string, words: string[] = []): ChildProcess {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const plain = [process.execPath, ...typescriptFlags(), ...flags, path, ...words];
  const [command = '', ...rest] = side ? pinned(side, plain) : plain;
  const env = { ...process.env, NODE_ENV: 'production', CLASSROOM: 'yes' };
  return spawn(command, rest, { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}

async function ask<Answer>(child: ChildProcess, name: string, message: object | string): Promise<Answer> {
  const answer = hear<Answer>(child, name);
  child.send(message);
  return answer;
}

// Whoever says nothing for too long is ended, so that nothing here waits for ever.
async function hear<Answer>(child: ChildProcess, name: string): Promise<Answer> {
  const over = new AbortController();
  const late = setTimeout(() => child.kill('SIGKILL'), patience);
  const heard = once(child, 'message', { signal: over.signal });
  const ended = once(child, 'exit', { signal: over.signal }).then(() => { throw new Error(`${name} ended too early, or said nothing for ${patience / 1000} seconds.`); });
  try {
    const [answer] = await Promise.race([heard, ended]);
    return answer;
  } finally {
    clearTimeout(late);
    over.abort();
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
