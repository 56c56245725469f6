// Recording: one request to a server of its own, and all that ran for it.
//
//   record({ file: 'lessons/10-api/server.ts', request: { method: 'GET', target: '/api/menu', … } })
//     ──►  { answer: { status: 200, … }, steps: [{ file: 'lessons/04-router/router.ts', line: 24, … }, …], stops: […] }
//
// The server is started on a free port with an empty data folder, and ended afterwards.

import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { Advice } from '../advice.ts';
import { root } from '../course.ts';
import { sendRequest, type Exchange } from '../exchange.ts';
import { startServer, type Started } from '../start.ts';
import type { Order } from './recorder.ts';
import { makeRecording, type Answered, type Recording, type Sendable } from './recording.ts';
import { secretsIn } from './secrets.ts';
import type { Note } from './notes.ts';

export type { Recording, Sendable } from './recording.ts';

export type RecordOptions = {
  /** The server's file. */
  file: string;
  request: Sendable;
  /** Requests that come first and are not recorded: what this one depends on. */
  before?: Sendable[];
  cwd?: string;
  /** Milliseconds until a server that does not answer is given up. */
  patience?: number;
};

/** Throws Advice when the server does not start. A server that does not answer is a recording too. */
export async function record({ request, ...options }: RecordOptions): Promise<Recording> {
  const [recording] = await recordTogether({ ...options, requests: [request] });
  return recording!;
}

/** Several requests at the same time: each is sent as soon as the server has begun with the one before. */
export async function recordTogether({ file, requests, before = [], cwd = root, patience = 5_000 }: Omit<RecordOptions, 'request'> & { requests: Sendable[] }): Promise<Recording[]> {
  const folder = mkdtempSync(join(tmpdir(), 'replay-'));
  const output: string[] = [];
  try {
    const server = await startServer({
      file,
      cwd,
      port: 0,
      dataDir: join(folder, 'data'),
      imports: [new URL('recorder.ts', import.meta.url).href],
      env: { CLASSROOM_REPLAY: 'yes' },
      onOutput: (text) => output.push(text),
    });
    try {
      for (const one of before) await sendRequest(server.url, one, { forAnswer: patience, forEnd: 5_000 });
      const printedBefore = output.length;
      const notesFile = join(folder, 'notes');
      const answers = await watched(server, requests, { notesFile, folders: foldersOf(file, cwd), patience });
      const notes = readNotes(notesFile);
      return requests.map((request, index) => makeRecording({ file, at: cwd, number: index + 1, request, answered: answers[index]!, notes, printed: output.slice(printedBefore).join('') }));
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

// A learner's file may lie outside of the project; what lies beside it is shown as well.
function foldersOf(file: string, cwd: string): string[] {
  return [cwd, dirname(file)].map((folder) => folder + sep);
}

type Watching = { notesFile: string; folders: string[]; patience: number };

async function watched(server: Started, requests: Sendable[], { notesFile, folders, patience }: Watching): Promise<Answered[]> {
  const tells = hear(server);
  const secrets = requests.flatMap(secretsIn);
  const begin: Order = { replay: 'begin', notes: notesFile, folders, requests: requests.length, secrets };
  server.child.send(begin);
  await tells.next('ready', undefined, 10_000);
  const answers: Promise<Answered>[] = [];
  for (const [index, request] of requests.entries()) {
    answers.push(answerTo(server, request, patience));
    if (index + 1 < requests.length) await tells.next('arrived', index + 1, patience);
  }
  const answered = await Promise.all(answers);
  await Promise.all(requests.map((_request, index) => ('failure' in answered[index]! ? undefined : tells.next('over', index + 1, 2_000))));
  if (server.child.connected) server.child.send({ replay: 'end' } satisfies Order, () => {});
  await tells.next('written', undefined, 1_000);
  return answered;
}

async function answerTo(server: Started, request: Sendable, patience: number): Promise<Answered> {
  const started = performance.now();
  try {
    const exchange: Exchange = await sendRequest(server.url, request, { forAnswer: patience, forEnd: 5_000 });
    return { exchange, milliseconds: performance.now() - started };
  } catch (error) {
    if (!(error instanceof Advice)) throw error;
    return { failure: error.message, milliseconds: performance.now() - started };
  }
}

type Told = { replay?: string; request?: number };

// A server that hangs or has ended tells nothing: then the wait is over as well.
function hear({ child, exited }: Started) {
  const told: Told[] = [];
  child.on('message', (message: Told) => { if (message?.replay) told.push(message); });
  async function next(what: string, request: number | undefined, patience: number): Promise<void> {
    const over = AbortSignal.timeout(patience);
    const isTold = () => told.some((one) => one.replay === what && one.request === request);
    const ended = exited.then(() => 'ended');
    while (!isTold() && !over.aborted) {
      const news = await Promise.race([once(child, 'message', { signal: over }).catch(() => 'late'), ended]);
      if (news === 'ended') return;
    }
  }
  return { next };
}

function readNotes(file: string): Note[] {
  try {
    return readFileSync(file, 'utf8').split('\n').flatMap(readNote);
  } catch {
    return [];
  }
}

// The last line of a server that was ended may be half a line.
function readNote(line: string): Note[] {
  try {
    return line === '' ? [] : [JSON.parse(line) as Note];
  } catch {
    return [];
  }
}
