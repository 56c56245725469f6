// Watching: what runs between begin and end, line by line, written down as notes.
//
// Each line gets a breakpoint with a condition. The condition hands over the variables and says
// "do not stop": V8 evaluates it where the line stands, in about a tenth of a millisecond. Stopping
// for real, and asking from another thread, shows the same and takes ten times as long. So the
// program really stops only for what no condition can see: a value that is returned.

import { executionAsyncId } from 'node:async_hooks';
import type { Debugger, Session } from 'node:inspector';
import { fileURLToPath } from 'node:url';
import { awaitArrivals, type Arrivals } from './arrivals.ts';
import { setBreakpoints, type Watched } from './breakpoints.ts';
import type { Call } from './calls.ts';
import { openNotes, type Notes } from './notes.ts';
import { isOurs } from './places.ts';
import { openReader, openSession } from './reading.ts';
import type { Order } from './order.ts';
import { fnKey, keepScripts } from './scripts.ts';
import { keepSecrets, type Secrets } from './secrets.ts';
import { warmUp } from './warming.ts';
import { openWriter, type Stopped } from './writing.ts';

export type Recorder = { end(): void };

/** Bounds for memory and time. A return that is looked at stops the program
 * for a moment: those from one module to another come first. */
export const bounds = { notes: 5_000, characters: 4_000_000, returns: { between: 14, within: 4, ofOnePlace: 2 } };

const classroom = fileURLToPath(new URL('..', import.meta.url));

type Begin = Order & { replay: 'begin' };
type Tell = (message: object) => void;

export function watch(order: Begin, tell: Tell): Recorder {
  const secrets = keepSecrets(order.secrets);
  const notes = openNotes(order.notes);
  const scripts = keepScripts();
  const arrivals = listen(order, { notes, secrets, tell, around: scripts.around });
  const writer = openWriter(notes, secrets, scripts);
  const { session, post } = openSession();
  const places: Watched[] = [];
  const mayStop = keepStops();
  const reader = openReader(post, atPlace as { taken?: unknown });
  let stopped: Stopped | undefined;
  let isOver = false;

  // What the condition of each place calls. True stops the program, and then onPaused() is called.
  function atPlace(number: number, seen?: Record<string, unknown>): boolean {
    const arrival = arrivals.now();
    if (arrival === undefined || isOver) return false;
    if (notes.count() >= bounds.notes || notes.characters() >= bounds.characters) return stopNoting();
    const place = places[number]!;
    const fns = scripts.stack(atPlace);
    const call = arrival.calls.enter({ fns: fns.length > 0 ? fns : [fnKey(place.script, place.fn)], step: executionAsyncId() });
    stopped = { place, arrival, call, isUnseen: seen === undefined };
    if (seen) writer.line(stopped, seen);
    if (place.isReturn) call.ended = true;
    return seen === undefined || (place.isReturn && mayStop(place, call));
  }

  // Stops the program once more, so that onPaused() can take all breakpoints away.
  function stopNoting(): true {
    isOver = true;
    stopped = undefined;
    notes.write({ full: `The recording ends here: it has ${notes.count()} notes, and more are not kept.` });
    return true;
  }

  function onPaused({ params: { callFrames: [frame] } }: { params: Debugger.PausedEventDataType }): void {
    if (isOver) post('Debugger.setBreakpointsActive', { active: false });
    if (stopped && frame) readFrame(stopped, frame);
    stopped = undefined;
    post('Debugger.resume');
  }

  function readFrame({ place, call, isUnseen }: Stopped, frame: Debugger.CallFrame): void {
    if (isUnseen) writer.line(stopped!, reader.each(place.names, frame));
    if (place.isReturn && place.givesValue) writer.returned(call.number, reader.returned(frame));
  }

  function onUncaught(error: unknown): void {
    if (error instanceof Error) writer.error(error, arrivals.now()?.number ?? 1);
  }

  function end(): void {
    if (isOver && notes.isClosed()) return;
    isOver = true;
    process.off('uncaughtExceptionMonitor', onUncaught);
    process.off('exit', end);
    arrivals.end();
    notes.write({ secrets: secrets.all() });
    notes.close();
    session.disconnect();
    delete (globalThis as { __replay?: unknown }).__replay;
  }

  Object.defineProperty(globalThis, '__replay', { value: atPlace, configurable: true, enumerable: false });
  session.on('Debugger.paused', onPaused);
  followScripts(session, order, (params, path) => {
    if (!isOver && !scripts.has(path)) notes.write({ file: setBreakpoints(params, path, { post, scripts, places }).number, path });
  });
  process.on('uncaughtExceptionMonitor', onUncaught);
  process.on('exit', end);
  return { end };
}

function listen({ requests }: Begin, { notes, secrets, tell, around }: { notes: Notes; secrets: Secrets; tell: Tell; around: (fn: string) => string | undefined }): Arrivals {
  return awaitArrivals({
    requests,
    around,
    onArrival: (number, { method = '', url = '' }) => {
      notes.write({ arrived: number, method, target: secrets.hide(url) });
      tell({ replay: 'arrived', request: number });
    },
    onAnswer: (number) => notes.write({ answered: number }),
    onOver: (number) => tell({ replay: 'over', request: number }),
  });
}

// First those that are there already; then each that comes, once it is whole.
function followScripts(session: Session, { folders }: Begin, prepare: (params: Debugger.ScriptParsedEventDataType, path: string) => void): void {
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
