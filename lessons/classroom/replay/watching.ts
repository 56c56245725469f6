// Watching: what runs between begin and end, line by line, written down as notes.
//
// Each line gets a breakpoint with a condition. The condition hands over the variables and says
// "do not stop": V8 evaluates it where the line stands, in about a tenth of a millisecond. Stopping
// for real, and asking from another thread, shows the same and takes ten times as long. So the
// program really stops only for what no condition can see: a value that is returned.

import { executionAsyncId } from 'node:async_hooks';
import type { Debugger, Session } from 'node:inspector';
import { fileURLToPath } from 'node:url';
import { Arrivals } from './arrivals.ts';
import { setBreakpoints, type Watched } from './breakpoints.ts';
import type { Call } from './calls.ts';
import { openNotes, type Notes } from './notes.ts';
import { isOurs } from './places.ts';
import { openReader, openSession, type Post, type Reader } from './reading.ts';
import type { Order } from './order.ts';
import { fnKey, keepScripts, type Scripts } from './scripts.ts';
import { keepSecrets, type Secrets } from './secrets.ts';
import { warmUp } from './warming.ts';
import { openWriter, type Stopped, type Writer } from './writing.ts';

export type Recorder = { end(): void };

/**
 * Bounds for memory and time. A return that is looked at stops the program for a moment: those
 * from one module to another come first.
 */
export const bounds = {
  notes: 5_000,
  characters: 4_000_000,
  returns: { between: 14, within: 4, ofOnePlace: 2 },
};

const classroom = fileURLToPath(new URL('..', import.meta.url));

type Begin = Order & { replay: 'begin' };
type Tell = (message: object) => void;
type Parsed = Debugger.ScriptParsedEventDataType;
type Paused = Debugger.PausedEventDataType;

export function watch(order: Begin, tell: Tell): Recorder {
  const watching = new Watching(order, tell);
  watching.begin(order);
  return watching;
}

class Watching implements Recorder {
  readonly #secrets: Secrets;
  readonly #notes: Notes;
  readonly #scripts: Scripts;
  readonly #arrivals: Arrivals;
  readonly #writer: Writer;
  readonly #session: Session;
  readonly #post: Post;
  readonly #reader: Reader;
  readonly #places: Watched[] = [];
  readonly #mayStop = keepStops();
  #stopped: Stopped | undefined;
  #isOver = false;

  constructor(order: Begin, tell: Tell) {
    this.#secrets = keepSecrets(order.secrets);
    this.#notes = openNotes(order.notes);
    this.#scripts = keepScripts();
    this.#arrivals = this.#listen(order, tell);
    this.#writer = openWriter(this.#notes, this.#secrets, this.#scripts);
    const { session, post } = openSession();
    this.#session = session;
    this.#post = post;
    this.#reader = openReader(post, this.#atPlace as { taken?: unknown });
  }

  #listen({ requests }: Begin, tell: Tell): Arrivals {
    return new Arrivals({
      requests,
      around: this.#scripts.around,
      onArrival: (number, { method = '', url = '' }) => {
        this.#notes.write({ arrived: number, method, target: this.#secrets.hide(url) });
        tell({ replay: 'arrived', request: number });
      },
      onAnswer: (number) => this.#notes.write({ answered: number }),
      onOver: (number) => tell({ replay: 'over', request: number }),
    });
  }

  begin({ folders }: Begin): void {
    const value = this.#atPlace;
    Object.defineProperty(globalThis, '__replay', { value, configurable: true, enumerable: false });
    this.#session.on('Debugger.paused', ({ params }) => this.#onPaused(params));
    followScripts(this.#session, folders, (params, path) => this.#addScript(params, path));
    process.on('uncaughtExceptionMonitor', this.#onUncaught);
    process.on('exit', this.#onExit);
  }

  #addScript(params: Parsed, path: string): void {
    if (this.#isOver || this.#scripts.has(path)) return;
    const parts = { post: this.#post, scripts: this.#scripts, places: this.#places };
    const { number } = setBreakpoints(params, path, parts);
    this.#notes.write({ file: number, path });
  }

  // What the condition of each place calls. True stops the program: #onPaused() is called then.
  readonly #atPlace = (number: number, seen?: Record<string, unknown>): boolean => {
    const arrival = this.#arrivals.now();
    if (arrival === undefined || this.#isOver) return false;
    if (this.#isFull()) return this.#stopNoting();
    const place = this.#places[number]!;
    const fns = this.#scripts.stack(this.#atPlace);
    const call = arrival.calls.enter({
      fns: fns.length > 0 ? fns : [fnKey(place.script, place.fn)],
      step: executionAsyncId(),
    });
    this.#stopped = { place, arrival, call, isUnseen: seen === undefined };
    if (seen) this.#writer.line(this.#stopped, seen);
    if (place.isReturn) call.ended = true;
    return seen === undefined || (place.isReturn && this.#mayStop(place, call));
  };

  #isFull(): boolean {
    const { notes, characters } = bounds;
    return this.#notes.count() >= notes || this.#notes.characters() >= characters;
  }

  // Stops the program once more, so that #onPaused() can take all breakpoints away.
  #stopNoting(): true {
    this.#isOver = true;
    this.#stopped = undefined;
    const count = this.#notes.count();
    this.#notes.write({
      full: `The recording ends here: it has ${count} notes, and more are not kept.`,
    });
    return true;
  }

  #onPaused({ callFrames: [frame] }: Paused): void {
    if (this.#isOver) this.#post('Debugger.setBreakpointsActive', { active: false });
    if (this.#stopped && frame) this.#readFrame(this.#stopped, frame);
    this.#stopped = undefined;
    this.#post('Debugger.resume');
  }

  #readFrame(stopped: Stopped, frame: Debugger.CallFrame): void {
    const { place, call, isUnseen } = stopped;
    if (isUnseen) this.#writer.line(stopped, this.#reader.each(place.names, frame));
    if (place.isReturn && place.givesValue) {
      this.#writer.returned(call.number, this.#reader.returned(frame));
    }
  }

  readonly #onUncaught = (error: unknown): void => {
    if (error instanceof Error) this.#writer.error(error, this.#arrivals.now()?.number ?? 1);
  };

  readonly #onExit = (): void => this.end();

  end(): void {
    if (this.#isOver && this.#notes.isClosed()) return;
    this.#isOver = true;
    process.off('uncaughtExceptionMonitor', this.#onUncaught);
    process.off('exit', this.#onExit);
    this.#arrivals.end();
    this.#notes.write({ secrets: this.#secrets.all() });
    this.#notes.close();
    this.#session.disconnect();
    delete (globalThis as { __replay?: unknown }).__replay;
  }
}

type Prepare = (params: Parsed, path: string) => void;

// First those that are there already; then each that comes, once it is whole.
function followScripts(session: Session, folders: string[], prepare: Prepare): void {
  const there: (() => void)[] = [];
  let isReady = false;
  session.on('Debugger.scriptParsed', ({ params }) => {
    const path = isOurs(params.url, folders, classroom);
    if (path === undefined) return;
    if (isReady) queueMicrotask(() => prepare(params, path));
    else there.push(() => prepare(params, path));
  });
  session.post('Debugger.enable');
  for (const one of there) one();
  warmUp();
  isReady = true;
}

/** May the program be stopped for what this call returns? So often and no more. */
function keepStops(): (place: Watched, call: Call) => boolean {
  const left = { ...bounds.returns };
  return (place, call) => {
    const kind = isBetween(call) ? 'between' : 'within';
    if (!place.givesValue || left[kind] === 0 || place.returns >= left.ofOnePlace) return false;
    left[kind] -= 1;
    place.returns += 1;
    return true;
  };
}

function isBetween({ fn, parent }: Call): boolean {
  return parent === undefined || parent.fn.split('#')[0] !== fn.split('#')[0];
}
