// Watching: what runs between begin and end, line by line, written down as notes.
//
// Each line gets a breakpoint with a condition. The condition hands over the variables and says
// "do not stop": V8 evaluates it where the line stands, in about a tenth of a millisecond. Stopping
// for real, and asking from another thread, shows the same and takes ten times as long. So the
// program really stops only for what no condition can see: a value that is returned.

import { executionAsyncId } from 'node:async_hooks';
import { readFileSync } from 'node:fs';
import { Session, type Debugger, type Runtime } from 'node:inspector';
import { fileURLToPath } from 'node:url';
import { awaitArrivals, type Arrival } from './arrivals.ts';
import { trackCalls, type Call } from './calls.ts';
import { describe } from './describe.ts';
import { openNotes, type LineNote } from './notes.ts';
import { choosePlaces, isOurs, lineFinder, nameFinder, type Place } from './places.ts';
import type { Order } from './recorder.ts';
import { fnKey, keepScripts, originOf, type Script, type Scripts } from './scripts.ts';
import { namesAt } from './scopes.ts';
import { keepSecrets } from './secrets.ts';
import { keepValues } from './values.ts';

export type Recorder = { end(): void };

/** Bounds for memory and time. A return that is looked at stops the program
 * for a moment: those from one module to another come first. */
export const bounds = { notes: 5_000, characters: 4_000_000, returns: { between: 14, within: 4, ofOnePlace: 2 } };

type Watched = Place & { script: Script; name: string; returns: number; givesValue: boolean };

/** Where the program stands; unseen: its variables could not be read in one go. */
type Stopped = { place: Watched; arrival: Arrival; call: Call; isUnseen: boolean };

const classroom = fileURLToPath(new URL('..', import.meta.url));

export function watch(order: Order & { replay: 'begin' }, tell: (message: object) => void): Recorder {
  const secrets = keepSecrets(order.secrets);
  const notes = openNotes(order.notes);
  const scripts = keepScripts();
  const values = keepValues(secrets);
  const places: Watched[] = [];
  const errors = new WeakSet<object>();
  let stopped: Stopped | undefined;
  const returns = { ...bounds.returns };
  let isOver = false;

  const { post, session } = openSession();
  const arrivals = awaitArrivals({
    requests: order.requests,
    around: scripts.around,
    onArrival: (number, { method = '', url = '' }) => {
      notes.write({ arrived: number, method, target: secrets.hide(url) });
      tell({ replay: 'arrived', request: number });
    },
    onOver: (number) => tell({ replay: 'over', request: number }),
  });

  // What the condition of each place calls. True stops the program, and then onPaused() is called.
  function atPlace(number: number, seen?: Record<string, unknown>): boolean {
    const arrival = arrivals.now();
    if (arrival === undefined || isOver) return false;
    if (notes.count() >= bounds.notes || notes.characters() >= bounds.characters) return stopNoting();
    const place = places[number]!;
    const fns = scripts.stack(atPlace);
    const call = arrival.calls.enter({ fns: fns.length > 0 ? fns : [fnKey(place.script, place.fn)], step: executionAsyncId() });
    stopped = { place, arrival, call, isUnseen: seen === undefined };
    if (seen) notePlace(stopped, seen);
    if (place.isReturn) call.ended = true;
    return seen === undefined || (place.isReturn && mayStop(place, call));
  }

  function notePlace({ place, arrival, call }: Stopped, seen: Record<string, unknown>): void {
    for (const value of Object.values(seen)) if (value instanceof Error) noteError(value, arrival.number);
    notes.write(noteOf(place, arrival.number, call, values.changed({ ...place, call, latest: arrival.calls.latest }, seen)));
  }

  function noteOf(place: Watched, request: number, call: Call, changed: LineNote['values']): LineNote {
    const { line, script, name, isReturn, catches, loop, names } = place;
    const shown = (text: string) => names.find((one) => one.text === text)?.shown ?? text;
    return {
      line, file: script.number, request, call: call.number, parent: call.parent?.number ?? 0, name, depth: call.depth, values: changed,
      ...(isReturn && { end: true }),
      ...(catches && { catches: true }),
      ...(loop && { loop: { line: loop.line, names: loop.names.map(shown) } }),
    };
  }

  // Stops the program once more, so that onPaused() can take all breakpoints away.
  function stopNoting(): true {
    isOver = true;
    stopped = undefined;
    notes.write({ full: `The recording ends here: it has ${notes.count()} notes, and more are not kept.` });
    return true;
  }

  function mayStop(place: Watched, call: Call): boolean {
    const kind = isBetween(call) ? 'between' : 'within';
    if (!place.givesValue || returns[kind] === 0 || place.returns >= returns.ofOnePlace) return false;
    returns[kind] -= 1;
    place.returns += 1;
    return true;
  }

  function noteError(error: Error, request: number): void {
    if (errors.has(error)) return;
    errors.add(error);
    notes.write({ threw: describe(error, '', secrets), request, ...originOf(error, scripts.has) });
  }

  function onPaused({ params }: { params: Debugger.PausedEventDataType }): void {
    if (isOver) post('Debugger.setBreakpointsActive', { active: false });
    const [frame] = params.callFrames;
    if (stopped?.isUnseen && frame) notePlace(stopped, askEach(stopped.place, frame.callFrameId));
    const remote = frame?.returnValue;
    if (stopped?.place.isReturn && stopped.place.givesValue && remote) noteReturn(stopped.call.number, remote.subtype === 'promise' ? insideOf(remote) : remote);
    stopped = undefined;
    post('Debugger.resume');
  }

  // One of the variables could not be read: each is asked for by itself.
  function askEach({ names }: Place, callFrameId: string): Record<string, unknown> {
    const seen: Record<string, unknown> = {};
    for (const { text } of names) {
      const { result, exceptionDetails } = post<Debugger.EvaluateOnCallFrameReturnType>('Debugger.evaluateOnCallFrame', { callFrameId, expression: text, silent: true });
      if (!exceptionDetails) seen[text] = take(result);
    }
    return seen;
  }

  function noteReturn(call: number, remote: Runtime.RemoteObject | undefined): void {
    const value = remote && take(remote);
    if (value !== undefined && typeof value !== 'function') notes.write({ returned: call, text: describe(value, '', secrets) });
  }

  // An async function returns a promise; what the reader wrote behind "return" is inside.
  function insideOf({ objectId }: Runtime.RemoteObject): Runtime.RemoteObject | undefined {
    const { internalProperties = [] } = post<Runtime.GetPropertiesReturnType>('Runtime.getProperties', { objectId, ownProperties: true });
    const find = (name: string) => internalProperties.find((one) => one.name === name)?.value;
    return find('[[PromiseState]]')?.value === 'fulfilled' ? find('[[PromiseResult]]') : undefined;
  }

  // The debugger hands out an object by a number; a function called on it hands over the object.
  function take({ objectId, value, unserializableValue }: Runtime.RemoteObject): unknown {
    if (objectId === undefined) return unserializableValue === undefined ? value : Number.parseFloat(unserializableValue);
    post('Runtime.callFunctionOn', { objectId, functionDeclaration: 'function () { "use strict"; __replay.taken = this; }', silent: true });
    const { taken } = atPlace as { taken?: unknown };
    delete (atPlace as { taken?: unknown }).taken;
    return taken;
  }

  function prepare({ scriptId, url, sourceMapURL }: Debugger.ScriptParsedEventDataType, path: string): void {
    const { scriptSource } = post<Debugger.GetScriptSourceReturnType>('Debugger.getScriptSource', { scriptId });
    const script = scripts.add(url, path, scriptSource);
    notes.write({ file: script.number, path });
    const { locations } = post<Debugger.GetPossibleBreakpointsReturnType>('Debugger.getPossibleBreakpoints', { start: { scriptId, lineNumber: 0, columnNumber: 0 } });
    const toName = sourceMapURL ? nameFinder(readFileSync(path, 'utf8')) : (name: string) => name;
    for (const place of choosePlaces(locations, script.scopes, script.starts, lineFinder(sourceMapURL, scriptSource))) {
      for (const name of place.names) if (!name.text.startsWith('this.')) name.shown = toName(name.text);
      const condition = conditionOf(place, places.length);
      places.push({ ...place, script, name: script.scopes.fns[place.fn]!.name, returns: 0, givesValue: givesValue(script, place) });
      post('Debugger.setBreakpoint', { location: place.location, condition });
    }
  }

  const parsed: (() => void)[] = [];
  session.on('Debugger.scriptParsed', ({ params }) => {
    const path = isOurs(params.url, order.folders, classroom);
    if (path === undefined || scripts.has(path)) return;
    parsed.push(() => prepare(params, path));
    if (isReady) queueMicrotask(prepareAll);
  });
  session.on('Debugger.paused', onPaused);

  function prepareAll(): void {
    for (const one of parsed.splice(0)) if (!isOver) one();
  }

  let isReady = false;
  Object.defineProperty(globalThis, '__replay', { value: atPlace, configurable: true, enumerable: false });
  post('Debugger.enable');
  prepareAll();
  warmUp(keepScripts());
  isReady = true;
  process.on('uncaughtExceptionMonitor', onUncaught);
  process.on('exit', end);

  function onUncaught(error: unknown): void {
    if (error instanceof Error) noteError(error, arrivals.now()?.number ?? 1);
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

  return { end };
}

// Code that has run a few times runs several times as fast: better now than during the request.
function warmUp(scripts: Scripts): void {
  const secrets = keepSecrets();
  const values = keepValues(secrets);
  const calls = trackCalls(() => undefined, () => 1);
  const cup = { id: 2, name: 'Flat white', prices: [340, 390], more: new Map([['size', { large: true }]]), query: new URLSearchParams('a=1') };
  const script = scripts.add('', '', '(cup) => { const size = 1; for (const one of cup) { size; } }');
  const look = { script, fn: 0, names: namesAt(script.scopes, 30), latest: calls.latest };
  const practise = () => {
    const call = calls.enter({ fns: [...scripts.stack(practise), '0'], step: 1 });
    for (let size = 0; size < 2; size += 1) JSON.stringify(values.changed({ ...look, call }, { cup: { ...cup, size }, size: `${size}` }));
    call.ended = true;
  };
  for (let times = 0; times < 150; times += 1) practise();
}

// The debugger of this very thread: it answers before post() comes back.
function openSession() {
  const session = new Session();
  session.connect();
  function post<Result>(method: string, params?: object): Result {
    let error: Error | null = null;
    let result: unknown;
    session.post(method, params, (problem, answer) => { error = problem; result = answer; });
    if (error) throw new Error(`${method} failed: ${JSON.stringify(error)}`);
    return result as Result;
  }
  return { session, post };
}

// One object with all variables, in one go: to look one up costs more than all the rest.
function conditionOf({ names }: Place, number: number): string {
  const fields = names.map(({ text }) => (text.startsWith('this.') ? `${JSON.stringify(text)}:${text}` : text));
  const self = names.some(({ owner }) => owner === undefined) ? ['this:this'] : [];
  return `try{__replay(${number},{${[...fields, ...self].join(',')}})}catch{__replay(${number})}`;
}

function isBetween({ fn, parent }: Call): boolean {
  return parent === undefined || parent.fn.split('#')[0] !== fn.split('#')[0];
}

// A function without "return" returns nothing; behind "return name" stands what is known already.
function givesValue({ source, scopes, starts }: Script, { fn, location }: Place): boolean {
  const { from, to } = scopes.fns[fn]!;
  const text = source.slice(from, to);
  const before = source.slice(from, (starts[location.lineNumber] ?? 0) + (location.columnNumber ?? 0));
  if (/\breturn\s+[\w$]+;?\s*$/.test(before)) return false;
  return /\breturn\b/.test(text) || !text.endsWith('}');
}
