// A visit: one request with its answer, and what was noticed on the way.
//
//   GET /menu/2  ──►  { name: 'GET /menu/2', request, response, began: <where>, ended: <where>, … }
//
// Whatever runs because of a request runs in its visit, also after an await or in a timer: Node's
// AsyncLocalStorage carries it along. So an error of any kind knows its request.

import { AsyncLocalStorage } from 'node:async_hooks';
import { Server, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { wrap } from './wrap.ts';

export type Visit = {
  /** 'GET /menu/2', as it came, whatever the handler does to it. */
  name: string;
  method: string;
  url: string;
  /** How often somebody looked whether it is over (silence.ts). */
  looks: number;
  request: IncomingMessage;
  response: ServerResponse;
  /** One of Node's own methods is at work, so what it calls is not the learner's call. */
  inside: boolean;
  /** The guide has answered. What the handler still sends goes nowhere, without an error. */
  rescued: boolean;
  /** It was told that nobody will answer it. */
  isTold: boolean;
  /** Where the answer began, and where it was over: the stack then, read only when it is needed. */
  began?: Error;
  ended?: Error;
  /** Codes that were told of this visit; none is told twice. */
  told: Set<string>;
  /** The text of the answer, as far as it is looked at, and its bytes in full. */
  text: string;
  bytes: number;
  /** Where each header with a say in slips was set. */
  headers: Map<string, Error>;
  json: { parsed?: unknown; undefinedAt?: Error };
  /** The file that was read for an address with ".." in it. */
  read?: { file: string; at: Error };
  /** Where request.body was read, though nobody had set it. */
  bodyRead?: Error;
  /** The password that came in its body, as far as it is known. */
  password?: string;
  /** Where something was logged, and how much of it. */
  logged?: { at: Error; text: string };
};

const storage = new AsyncLocalStorage<Visit>();
const visits = new WeakMap<object, Visit>();

/** Those whose answer is not over. */
export const openVisits = new Set<Visit>();

/** The connections of clients. */
export const sockets = new Set<Socket>();

export type Failed = (error: unknown, visit: Visit) => void;

/** The visit that the running code belongs to. */
export function currentVisit(): Visit | undefined {
  return storage.getStore();
}

/** By its request or its response. */
export function visitOf(half: object): Visit | undefined {
  return visits.get(half);
}

export function watchVisits(failed: Failed): void {
  wrap(Server.prototype, 'emit', (emit) => function (name, ...given) {
    if (name === 'connection') keep(given[0]);
    if (name !== 'request') return emit.call(this, name, ...given);
    const visit = open(given[0], given[1]);
    storage.run(visit, callListeners, this, visit, failed);
    return true;
  });
}

function keep(socket: Socket): void {
  sockets.add(socket);
  socket.once('close', () => sockets.delete(socket));
}

function open(request: IncomingMessage, response: ServerResponse): Visit {
  const { method = 'GET', url = '/' } = request;
  const visit: Visit = {
    name: `${method} ${url.length > 60 ? `${url.slice(0, 60)}…` : url}`,
    method,
    url,
    looks: 0,
    request,
    response,
    inside: false,
    rescued: false,
    isTold: false,
    told: new Set(),
    text: '',
    bytes: 0,
    headers: new Map(),
    json: {},
  };
  visits.set(request, visit);
  visits.set(response, visit);
  openVisits.add(visit);
  response.once('close', () => openVisits.delete(visit));
  return visit;
}

// Called one by one, as emit() would, because emit() drops the promise that an async one returns.
function callListeners(server: Server, visit: Visit, failed: Failed): void {
  for (const listener of server.rawListeners('request')) {
    try {
      const result: unknown = listener.call(server, visit.request, visit.response);
      if (result instanceof Promise) result.catch((error) => failed(error, visit));
    } catch (error) {
      failed(error, visit);
    }
  }
}
