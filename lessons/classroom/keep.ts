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
import { findRunningOn, forgetRunning, noteRunning, wayToEnd } from './running.ts';
import { howItEnded, spawnServer, type End, type Listening, type Spawned } from './start.ts';
import { watchFolders, type Watcher } from './watch.ts';

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
  const keeper = new Keeper(kept);
  await ended;
  await keeper.end();
  console.log(`${kept.label} has stopped.`);
  return 0;
}

/** Throws Advice when somebody else has the port. */
export async function refuseTakenPort(kept: Kept): Promise<void> {
  const port = kept.port ?? expectedPort();
  if (port === 0 || await portState(port) === 'free') return;
  throw new Advice(await sayTaken(kept, port));
}

/** Where a lesson listens when nobody moves it. */
export function expectedPort(): number {
  const asked = Number(process.env.PORT || 3000);
  return Number.isInteger(asked) && asked >= 0 && asked <= 65535 ? asked : 3000;
}

type Asker = Pick<Kept, 'root' | 'command'>;

export async function sayTaken({ root, command }: Asker, port: number): Promise<string> {
  const other = `${command} port ${await nextFreePort(port)}`;
  if (await portState(port) === 'forbidden') {
    return `This system does not let you use port ${port}. Take another one: ${other}`;
  }
  const running = await findRunningOn(root, port);
  if (running === undefined) {
    return `Port ${port} is taken by another program. ` +
      `End that program (Ctrl+C in its terminal), or run: ${other}`;
  }
  return `Port ${port} is taken by ${nameOf(running.lesson)} of this course, ` +
    `process ${running.pid}. Press Ctrl+C in its terminal, or end it with ` +
    `"${wayToEnd(running)}". To leave it running, use another port: ${other}`;
}

/** '04' → lesson 4, '04-categories' → your answer to categories, in lesson 4 */
export function nameOf(id: string): string {
  if (id === 'cafe') return 'the café';
  const [lesson, ...answer] = id.split('-');
  const name = `lesson ${Number(lesson)}`;
  return answer.length === 0 ? name : `your answer to ${answer.join('-')} in ${name}`;
}

// Ctrl+C, an ending from outside, and a closed terminal. The listeners stay: a second Ctrl+C
// must not end the keeper in the middle of its tidying.
function waitForEnd(): Promise<void> {
  process.stdout.on('error', () => {}); // a closed terminal takes no last line
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => resolve());
    }
  });
}

class Keeper {
  readonly #kept: Kept;
  #port: number | undefined;
  #announced = '';
  #isEnding = false;
  #server: Spawned;
  #watcher: Watcher;

  constructor(kept: Kept) {
    this.#kept = kept;
    this.#port = kept.port;
    this.#server = this.#begin();
    this.#watcher = watchFolders(kept.folders, (names) => this.#startAgain(names));
  }

  #begin(): Spawned {
    const { file, dataDir, root } = this.#kept;
    const place = { file, dataDir, cwd: root, port: this.#port };
    const spawned = spawnServer({ ...place, inherit: true, ...guided });
    hearGuide(spawned.child, printTold());
    void spawned.listening.then((listening) => this.#onListening(listening));
    void spawned.exited.then((end) => this.#onEnd(spawned, end));
    return spawned;
  }

  #onListening(listening: Listening | undefined): void {
    if (listening === undefined || this.#isEnding) return;
    const { root, id } = this.#kept;
    const url = `http://localhost:${listening.port}`;
    if (this.#port === 0) this.#port = listening.port; // a restart must not move the address
    noteRunning(root, { lesson: id, url, pid: process.pid });
    if (url !== this.#announced) console.log(welcome(this.#kept, url));
    this.#announced = url;
  }

  async #onEnd(spawned: Spawned, end: End): Promise<void> {
    if (spawned.isStopping()) return;
    forgetRunning(this.#kept.root, this.#kept.id);
    await pause(150); // Ctrl+C reaches the server first: then its end is no news
    if (this.#isEnding || spawned !== this.#server) return;
    console.log(await sayEnd(this.#kept, spawned, end));
  }

  async #startAgain(names: string[]): Promise<void> {
    await this.#server.stop();
    if (this.#isEnding) return;
    const were = names.length === 1 ? 'was' : 'were';
    console.log(paint('dim', `${names.join(', ')} ${were} saved: started again.`));
    this.#server = this.#begin();
  }

  async end(): Promise<void> {
    this.#isEnding = true;
    this.#watcher.close();
    await this.#server.stop();
    forgetRunning(this.#kept.root, this.#kept.id);
  }
}

function welcome({ label, hint }: Kept, url: string): string {
  const keys = '(Ctrl+C stops it; a save restarts it)';
  return `${paint('bold', `${label}: ${url}`)}   ${keys}\n${hint}`;
}

async function sayEnd(kept: Kept, spawned: Spawned, end: End): Promise<string> {
  const again = 'Save a file and it starts again; Ctrl+C ends this.';
  const failure = spawned.failure();
  if (failure !== undefined) {
    return `${await sayFailure(kept, failure.failed, failure.port)}\n${again}`;
  }
  if (end.code === 0) return `The server ended by itself, without an error. ${again}`;
  return `The server ended ${end.signal === null ? 'with an error' : howItEnded(end)}. ${again}`;
}

async function sayFailure(kept: Kept, code: string, port: number): Promise<string> {
  const taken = code === 'EADDRINUSE' || code === 'EACCES';
  return taken ? sayTaken(kept, port) : `The server could not listen on port ${port} (${code}).`;
}
