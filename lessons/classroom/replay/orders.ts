// Orders: how a server that has the recorder in it is told to begin, and to end.
//
//   const recording = await beginRecording(server, { notesFile, … })   …   await recording.end()
//     ──►  the notes of what ran in between lie in that file

import { readFileSync } from 'node:fs';
import { dirname, sep } from 'node:path';
import type { Spawned } from '../start.ts';
import type { Note } from './notes.ts';
import type { Order } from './order.ts';

/** What a server is started with so that it can be recorded. */
export const recorded = {
  imports: [new URL('recorder.ts', import.meta.url).href],
  env: { CLASSROOM_REPLAY: 'yes' },
};

/** All that an order needs of a server. */
type Told = Pick<Spawned, 'child' | 'exited' | 'clock'>;

export type Begun = {
  /** The server has begun with this request. Waits no longer than its own milliseconds. */
  arrived(request: number, patience: number): Promise<void>;
  /** It has answered this request, and nothing that it asked for is still to come. */
  over(request: number, patience: number): Promise<void>;
  end(): Promise<void>;
};

type Begin = Omit<Order & { replay: 'begin' }, 'replay'>;

export async function beginRecording(server: Told, order: Begin): Promise<Begun> {
  const next = hear(server);
  server.child.send({ ...order, replay: 'begin' }, () => {});
  await next('ready', undefined, 10_000);
  return {
    arrived: (request, patience) => next('arrived', request, patience),
    over: (request, patience) => next('over', request, patience),
    end: async () => {
      const order: Order = { replay: 'end' };
      if (server.child.connected) server.child.send(order, () => {});
      await next('written', undefined, 1_000);
    },
  };
}

// A learner's file may lie outside of the project; what lies beside it is shown as well.
export function foldersOf(file: string, cwd: string): string[] {
  return [cwd, dirname(file)].map((folder) => folder + sep);
}

type News = { replay?: string; request?: number } | null;

// A server that hangs or has ended tells nothing: then the wait is over as well.
function hear({ child, exited, clock }: Told) {
  const told = new Set<string>();
  const waiting = new Map<string, () => void>();
  child.on('message', (message: News) => {
    const news = nameOf(message?.replay, message?.request);
    told.add(news);
    waiting.get(news)?.();
  });
  return async (what: string, request: number | undefined, patience: number): Promise<void> => {
    const news = nameOf(what, request);
    const heard = new Promise<void>((resolve) => {
      if (told.has(news)) resolve();
      else waiting.set(news, resolve);
    });
    await clock.within(patience, Promise.race([heard, exited]));
  };
}

function nameOf(what: string | undefined, request: number | undefined): string {
  return `${what} ${request}`;
}

export function readNotes(file: string): Note[] {
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
