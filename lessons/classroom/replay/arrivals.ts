// Arrivals: which request is it that a line runs for?
//
//   request 1 arrives  ──►  all that runs because of it, now or after an await, finds { number: 1 }
//
// Node carries the number along (AsyncLocalStorage). Only the events of a request come from its
// parser, which serves many: there the number is put in by hand.

import { AsyncLocalStorage, createHook, executionAsyncId } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import http from 'node:http';
import { trackCalls, type Calls } from './calls.ts';

export type Arrival = { number: number; calls: Calls; waiting: Map<number, { hasRef?(): boolean }>; isClosed: boolean; isOver: boolean };

export type Arrivals = { now(): Arrival | undefined; end(): void };

type Told = {
  /** How many requests are told apart; those behind them are not recorded. */
  requests: number;
  around: (fn: string) => string | undefined;
  onArrival: (number: number, request: http.IncomingMessage) => void;
  /** The head of its answer is written now. */
  onAnswer: (number: number) => void;
  /** Answered, and nothing that it asked for is still to come. */
  onOver: (number: number) => void;
};

const started = 'http.server.request.start';

/** How long what a request has asked for (a timer) may take after its answer, in milliseconds. */
const patience = 1_000;

export function awaitArrivals({ requests, around, onArrival, onAnswer, onOver }: Told): Arrivals {
  const storage = new AsyncLocalStorage<Arrival>();
  const owners = new WeakMap<object, Arrival>();
  const all: Arrival[] = [];
  let calls = 0;

  // Node says so just before the server hears of it.
  function onStart(message: unknown): void {
    const { request, response } = message as { request: http.IncomingMessage; response: http.ServerResponse };
    storage.enterWith(arrive(request, response) as Arrival);
  }

  function arrive(request: http.IncomingMessage, response: http.ServerResponse): Arrival | undefined {
    if (all.length >= requests) return undefined;
    const arrival: Arrival = { number: all.length + 1, calls: trackCalls(around, () => calls += 1), waiting: new Map(), isClosed: false, isOver: false };
    all.push(arrival);
    owners.set(request, arrival);
    owners.set(response, arrival);
    onArrival(arrival.number, request);
    return arrival;
  }

  function finish(arrival: Arrival): void {
    if (arrival.isOver) return;
    arrival.isOver = true;
    setImmediate(() => onOver(arrival.number));
  }

  // A timer that the program does not wait for is not waited for here: Node sets one itself, for
  // the date in the head.
  function close(arrival: Arrival): void {
    arrival.isClosed = true;
    for (const [id, timer] of arrival.waiting) if (timer.hasRef?.() === false) arrival.waiting.delete(id);
    if (arrival.waiting.size === 0) finish(arrival);
    else setTimeout(() => finish(arrival), patience).unref();
  }

  const hook = createHook({
    init(id, type, _trigger, resource) {
      const arrival = storage.getStore();
      const isOwn = arrival?.calls.note(id, executionAsyncId());
      if (isOwn && type === 'Timeout' && !arrival!.isClosed) arrival!.waiting.set(id, resource);
    },
    destroy(id) {
      for (const arrival of all) if (arrival.waiting.delete(id) && arrival.waiting.size === 0 && arrival.isClosed) finish(arrival);
    },
  });

  const undo = [
    wrapEmit(http.IncomingMessage.prototype, storage, (request) => owners.get(request)),
    wrapEmit(http.ServerResponse.prototype, storage, (response, name) => {
      const arrival = owners.get(response);
      if (arrival && name === 'close') setImmediate(close, arrival);
      return arrival;
    }),
    wrapHead((response) => {
      const arrival = owners.get(response);
      if (arrival) onAnswer(arrival.number);
    }),
  ];
  hook.enable();
  subscribe(started, onStart);

  function end(): void {
    hook.disable();
    unsubscribe(started, onStart);
    for (const one of undo) one();
  }
  return { now: () => storage.getStore(), end };
}

type Emitter = { emit: (name: unknown, ...args: unknown[]) => boolean };
type OwnerOf = (target: Emitter, name: unknown) => Arrival | undefined;

/** Every answer goes through writeHead(), also one whose head nobody writes. Returns what puts it back. */
function wrapHead(onHead: (response: object) => void): () => void {
  const { prototype } = http.ServerResponse;
  const { writeHead } = prototype;
  prototype.writeHead = function (this: http.ServerResponse, ...given: unknown[]) {
    onHead(this);
    return (writeHead as (...given: unknown[]) => http.ServerResponse).apply(this, given);
  } as typeof writeHead;
  return () => { prototype.writeHead = writeHead; };
}

/** Returns what puts everything back. */
function wrapEmit(prototype: object, storage: AsyncLocalStorage<Arrival>, ownerOf: OwnerOf): () => void {
  const before = Object.getOwnPropertyDescriptor(prototype, 'emit');
  const { emit } = prototype as Emitter;
  function wrapped(this: Emitter, name: unknown, ...args: unknown[]): boolean {
    const owner = ownerOf(this, name);
    if (owner === undefined || storage.getStore() === owner) return emit.call(this, name, ...args);
    return storage.run(owner, () => emit.call(this, name, ...args));
  }
  Object.defineProperty(prototype, 'emit', { value: wrapped, writable: true, configurable: true, enumerable: false });
  return () => {
    if (before) Object.defineProperty(prototype, 'emit', before);
    else delete (prototype as Partial<Emitter>).emit;
  };
}
