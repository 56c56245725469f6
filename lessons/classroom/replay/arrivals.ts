// Arrivals: which request is it that a line runs for?
//
//   request 1 arrives  ──►  all that runs because of it, now or after an await, finds { number: 1 }
//
// Node carries the number along (AsyncLocalStorage). Only the events of a request come from its
// parser, which serves many: there the number is put in by hand.

import { AsyncLocalStorage, createHook, executionAsyncId, type AsyncHook } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import { trackCalls, type Calls } from './calls.ts';
import { wrapEmit, wrapHead } from './wraps.ts';

export type Arrival = {
  number: number;
  calls: Calls;
  /** The timers that it has set, by Node's number. */
  waiting: Map<number, Timer>;
  isClosed: boolean;
  isOver: boolean;
};

type Timer = { hasRef?(): boolean };

export type ArrivalOptions = {
  /** How many requests are told apart; those behind them are not recorded. */
  requests: number;
  around: (fn: string) => string | undefined;
  onArrival: (number: number, request: IncomingMessage) => void;
  /** The head of its answer is written now. */
  onAnswer: (number: number) => void;
  /** Answered, and nothing that it asked for is still to come. */
  onOver: (number: number) => void;
};

const started = 'http.server.request.start';

/** How long what a request has asked for (a timer) may take after its answer, in milliseconds. */
const patience = 1_000;

export class Arrivals {
  readonly #options: ArrivalOptions;
  readonly #storage = new AsyncLocalStorage<Arrival>();
  /** Whose request or response is it? */
  readonly #owners = new WeakMap<object, Arrival>();
  readonly #all: Arrival[] = [];
  #calls = 0;
  readonly #hook: AsyncHook;
  readonly #undo: (() => void)[];

  constructor(options: ArrivalOptions) {
    this.#options = options;
    this.#hook = createHook({
      init: (id, type, _trigger, resource) => this.#begin(id, type, resource),
      destroy: (id) => this.#destroy(id),
    });
    this.#undo = this.#wrapAll();
    this.#hook.enable();
    subscribe(started, this.#onStart);
  }

  /** The request that this line runs for; undefined when there is none. */
  now(): Arrival | undefined {
    return this.#storage.getStore();
  }

  end(): void {
    this.#hook.disable();
    unsubscribe(started, this.#onStart);
    for (const one of this.#undo) one();
  }

  // Node says so just before the server hears of it.
  readonly #onStart = (message: unknown): void => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    this.#storage.enterWith(this.#arrive(request, response) as Arrival);
  };

  #arrive(request: IncomingMessage, response: ServerResponse): Arrival | undefined {
    if (this.#all.length >= this.#options.requests) return undefined;
    const arrival: Arrival = {
      number: this.#all.length + 1,
      calls: trackCalls(this.#options.around, () => this.#calls += 1),
      waiting: new Map(),
      isClosed: false,
      isOver: false,
    };
    this.#all.push(arrival);
    this.#owners.set(request, arrival);
    this.#owners.set(response, arrival);
    this.#options.onArrival(arrival.number, request);
    return arrival;
  }

  #wrapAll(): (() => void)[] {
    const owners = this.#owners;
    return [
      wrapEmit(http.IncomingMessage.prototype, this.#storage, (request) => owners.get(request)),
      wrapEmit(http.ServerResponse.prototype, this.#storage, (response, name) => {
        const arrival = owners.get(response);
        if (arrival && name === 'close') setImmediate(() => this.#close(arrival));
        return arrival;
      }),
      wrapHead((response) => {
        const arrival = owners.get(response);
        if (arrival) this.#options.onAnswer(arrival.number);
      }),
    ];
  }

  #begin(id: number, type: string, resource: Timer): void {
    const arrival = this.now();
    const isOwn = arrival?.calls.note(id, executionAsyncId());
    if (isOwn && type === 'Timeout' && !arrival!.isClosed) arrival!.waiting.set(id, resource);
  }

  #destroy(id: number): void {
    for (const arrival of this.#all) {
      const wasWaiting = arrival.waiting.delete(id);
      if (wasWaiting && arrival.waiting.size === 0 && arrival.isClosed) this.#finish(arrival);
    }
  }

  // A timer that the program does not wait for is not waited for here: Node sets one itself, for
  // the date in the head.
  #close(arrival: Arrival): void {
    arrival.isClosed = true;
    for (const [id, timer] of arrival.waiting) {
      if (timer.hasRef?.() === false) arrival.waiting.delete(id);
    }
    if (arrival.waiting.size === 0) this.#finish(arrival);
    else setTimeout(() => this.#finish(arrival), patience).unref();
  }

  #finish(arrival: Arrival): void {
    if (arrival.isOver) return;
    arrival.isOver = true;
    setImmediate(() => this.#options.onOver(arrival.number));
  }
}
