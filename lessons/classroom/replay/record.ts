// Recording: one request to a server of its own, and all that ran for it.
//
//   record({ file: 'lessons/10-api/server.ts', request: { target: '/api/menu', … } })
//     ──►  { answer: { status: 200, … }, stops: […],
//            steps: [{ file: 'lessons/04-router/router.ts', line: 24, … }, …] }
//
// The server is started on a free port with an empty data folder, and ended afterwards.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Advice } from '../advice.ts';
import { root } from '../course.ts';
import { sendRequest, type Waits } from '../exchange.ts';
import { openJar } from '../jar.ts';
import { startServer, type Started } from '../start.ts';
import { beginRecording, foldersOf, readNotes, recorded } from './orders.ts';
import { makeRecording, type Answered, type Recording, type Sendable } from './recording.ts';
import { secretsIn } from './secrets.ts';

export type { Recording, Sendable } from './recording.ts';

type Options = {
  /** The server's file. */
  file: string;
  /** Requests that come first and are not recorded: what this one depends on. */
  before?: Sendable[];
  cwd?: string;
  /** Milliseconds until a server that does not answer is given up. */
  patience?: number;
};

export type RecordOptions = Options & { request: Sendable };

export type TogetherOptions = Options & { requests: Sendable[] };

/** Throws Advice when the server does not start. No answer is a recording too. */
export async function record({ request, ...options }: RecordOptions): Promise<Recording> {
  const [recording] = await recordTogether({ ...options, requests: [request] });
  return recording!;
}

/** Several at the same time: each is sent as soon as the server has begun with the one before. */
export async function recordTogether(options: TogetherOptions): Promise<Recording[]> {
  const folder = mkdtempSync(join(tmpdir(), 'replay-'));
  try {
    return await recordIn(folder, options);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function recordIn(folder: string, options: TogetherOptions): Promise<Recording[]> {
  const { file, cwd = root } = options;
  const output: string[] = [];
  const server = await startServer({
    file,
    cwd,
    port: 0,
    dataDir: join(folder, 'data'),
    ...recorded,
    onOutput: (text) => output.push(text),
  });
  try {
    return await recordServer(server, folder, output, options);
  } finally {
    await server.stop();
  }
}

async function recordServer(
  server: Started,
  folder: string,
  output: string[],
  { file, requests, before = [], cwd = root, patience = 5_000 }: TogetherOptions,
): Promise<Recording[]> {
  const jar = openJar();
  for (const one of before) {
    const waits = waitsFor(server, patience);
    const { headers } = await sendRequest(server.url, jar.fill(one), waits);
    jar.keep(headers);
  }
  const filled = requests.map(jar.fill);
  const printedBefore = output.length;
  const notesFile = join(folder, 'notes');
  const folders = foldersOf(file, cwd);
  const answers = await watched(server, filled, { notesFile, folders, patience });
  const notes = readNotes(notesFile);
  const printed = output.slice(printedBefore).join('');
  return filled.map((request, index) => makeRecording({
    file,
    at: cwd,
    number: index + 1,
    request,
    answered: answers[index]!,
    notes,
    printed,
  }));
}

type Watching = { notesFile: string; folders: string[]; patience: number };

async function watched(
  server: Started,
  requests: Sendable[],
  { notesFile, folders, patience }: Watching,
): Promise<Answered[]> {
  const recording = await beginRecording(server, {
    notes: notesFile,
    folders,
    requests: requests.length,
    secrets: requests.flatMap(secretsIn),
  });
  const answers: Promise<Answered>[] = [];
  for (const [index, request] of requests.entries()) {
    answers.push(answerTo(server, request, patience));
    if (index + 1 < requests.length) await recording.arrived(index + 1, patience);
  }
  const answered = await Promise.all(answers);
  await Promise.all(answered.map(async (answer, index) => {
    if ('exchange' in answer) await recording.over(index + 1, 2_000);
  }));
  await recording.end();
  return answered;
}

async function answerTo(server: Started, request: Sendable, patience: number): Promise<Answered> {
  const started = performance.now();
  try {
    const exchange = await sendRequest(server.url, request, waitsFor(server, patience));
    return { exchange, milliseconds: performance.now() - started };
  } catch (error) {
    if (!(error instanceof Advice)) throw error;
    return { failure: error.message, milliseconds: performance.now() - started };
  }
}

function waitsFor({ clock }: Started, patience: number): Waits {
  return { forAnswer: patience, forEnd: 5_000, clock };
}
