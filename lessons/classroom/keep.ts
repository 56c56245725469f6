// The keeper: runs one server until Ctrl+C, and starts it again when a file is saved.
//
//   start ──► listens ──► router.ts is saved ──► stop ──► start again
//                └──► ends with an error: the keeper waits for the next save
//
// The server writes straight to this terminal; the keeper adds one line only when there is news.

import { setTimeout as pause } from 'node:timers/promises';
import { Advice } from './advice.ts';
import { guided, hearGuide } from './guide/attach.ts';
import { printTold } from './guide/show.ts';
import { paint } from './paint.ts';
import { nextFreePort, portState } from './port.ts';
import { findRunningOn, forgetRunning, noteRunning } from './running.ts';
import { howItEnded, spawnServer, type End, type Listening, type Spawned } from './start.ts';
import { watchFolders } from './watch.ts';

export type Kept = {
  /** 'Lesson 4, router' */
  label: string;
  /** 'npm run lesson 4' */
  command: string;
  /** '04', or 'cafe': the name of its note and of its data. */
  id: string;
  file: string;
  folders: string[];
  dataDir: string;
  port: number | undefined;
  /** What to do next. */
  hint: string;
  root: string;
};

/** Resolves with the exit status once the person has ended it. */
export async function keepRunning(kept: Kept): Promise<number> {
  await refuseTakenPort(kept);
  const ended = waitForEnd();
  const keeper = startKeeper(kept);
  await ended;
  await keeper.end();
  console.log(`${kept.label} has stopped.`);
  return 0;
}

/** Throws Advice when somebody else has the port. */
export async function refuseTakenPort(kept: Kept): Promise<void> {
  const port = kept.port ?? expectedPort();
  if (port !== 0 && await portState(port) !== 'free') throw new Advice(await sayTaken(kept, port));
}

/** Where a lesson listens when nobody moves it. */
export function expectedPort(): number {
  const asked = Number(process.env.PORT || 3000);
  return Number.isInteger(asked) && asked >= 0 && asked <= 65535 ? asked : 3000;
}

export async function sayTaken({ root, command }: { root: string; command: string }, port: number): Promise<string> {
  const other = `${command} port ${await nextFreePort(port)}`;
  if (await portState(port) === 'forbidden') return `This system does not let you use port ${port}. Take another one: ${other}`;
  const running = await findRunningOn(root, port);
  if (running === undefined) return `Port ${port} is taken by another program. End that program (Ctrl+C in its terminal), or run: ${other}`;
  return `Port ${port} is taken by ${nameOf(running.lesson)}, which still runs. Press Ctrl+C in its terminal, or run: ${other}`;
}

export function nameOf(id: string): string {
  return id === 'cafe' ? 'the café' : `lesson ${Number(id)}`;
}

// Ctrl+C, an ending from outside, and a closed terminal. The listeners stay: a second Ctrl+C
// must not end the keeper in the middle of its tidying.
function waitForEnd(): Promise<void> {
  process.stdout.on('error', () => {}); // a closed terminal takes no last line
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });
}

function startKeeper(kept: Kept): { end(): Promise<void> } {
  let ending = false;
  let port = kept.port;
  let announced = '';
  let server = begin();
  const watcher = watchFolders(kept.folders, startAgain);

  function begin(): Spawned {
    const spawned = spawnServer({ file: kept.file, port, dataDir: kept.dataDir, cwd: kept.root, inherit: true, ...guided });
    hearGuide(spawned.child, printTold());
    void spawned.listening.then((listening) => { if (listening !== undefined && !ending) onListening(listening); });
    void spawned.exited.then((end) => onEnd(spawned, end));
    return spawned;
  }

  function onListening(listening: Listening): void {
    const url = `http://localhost:${listening.port}`;
    if (port === 0) port = listening.port; // a restart must not move the address
    noteRunning(kept.root, { lesson: kept.id, url, pid: process.pid });
    if (url !== announced) console.log(welcome(kept, url));
    announced = url;
  }

  async function onEnd(spawned: Spawned, end: End): Promise<void> {
    if (spawned.isStopping()) return;
    forgetRunning(kept.root, kept.id);
    await pause(150); // Ctrl+C reaches the server first: then its end is no news
    if (!ending && spawned === server) console.log(await sayEnd(kept, spawned, end));
  }

  async function startAgain(names: string[]): Promise<void> {
    await server.stop();
    if (ending) return;
    console.log(paint('dim', `${names.join(', ')} ${names.length === 1 ? 'was' : 'were'} saved: started again.`));
    server = begin();
  }

  async function end(): Promise<void> {
    ending = true;
    watcher.close();
    await server.stop();
    forgetRunning(kept.root, kept.id);
  }

  return { end };
}

function welcome({ label, hint }: Kept, url: string): string {
  return `${paint('bold', `${label}: ${url}`)}   (Ctrl+C stops it; save a file and it starts again)\n${hint}`;
}

async function sayEnd(kept: Kept, spawned: Spawned, end: End): Promise<string> {
  const again = 'Save a file and it starts again; Ctrl+C ends this.';
  const failure = spawned.failure();
  if (failure !== undefined) return `${await sayFailure(kept, failure.failed, failure.port)}\n${again}`;
  if (end.code === 0) return `The server ended by itself, without an error. ${again}`;
  return `The server ended ${end.signal === null ? 'with an error' : howItEnded(end)}. ${again}`;
}

async function sayFailure(kept: Kept, code: string, port: number): Promise<string> {
  const taken = code === 'EADDRINUSE' || code === 'EACCES';
  return taken ? sayTaken(kept, port) : `The server could not listen on port ${port} (${code}).`;
}
