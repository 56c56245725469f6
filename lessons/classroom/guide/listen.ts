// Listening: does the server hear anybody, and is its port the one that was meant?
//
//   listen('three')  ──►  Node makes a file of that name to listen on: 'port-as-text'
//   no listen()      ──►  the program ends at once: 'listen-forgotten'

import { errorMonitor, type EventEmitter } from 'node:events';
import { Server, type AddressInfo } from 'node:net';
import { isLocal } from '../local.ts';
import { here, placeOf, type SourceLocation } from './place.ts';
import { findLine } from './source.ts';
import { tell } from './tell.ts';
import { wrap } from './wrap.ts';

const serving = new Set<Server>();
let hasListened = false;

/** Is a server listening, or about to? */
export function isServing(): boolean {
  return serving.size > 0;
}

/** Is another server of this program on that port? */
export function isOwnPort(port: number): boolean {
  return [...serving].some((server) => server.listening && portOf(server) === port);
}

function portOf(server: Server): number | undefined {
  return (server.address() as AddressInfo | null)?.port;
}

/** Where listen() was called, for an error that comes later. */
let lastCall: SourceLocation | undefined;

export function listenPlace(): SourceLocation | undefined {
  return lastCall;
}

export function watchListen(): void {
  wrap(Server.prototype, 'listen', (listen) => function (...given) {
    if (isLocal(given[0])) return listen.apply(this, given);
    lastCall = placeOf(here()) ?? lastCall;
    hasListened = true;
    if (serving.has(this)) return tellTwice(this);
    keep(this);
    const [port, ...more] = given;
    if (!isName(port)) return listen.apply(this, given);
    tellPortName(port);
    return listen.apply(this, [undefined, ...more]);
  });
  process.on('beforeExit', tellNoListen);
}

function keep(server: Server): void {
  const place = lastCall;
  serving.add(server);
  server.once('close', () => serving.delete(server));
  (server as EventEmitter).on(errorMonitor, () => {
    if (!server.listening) serving.delete(server);
  });
  server.once('listening', () => tellIfOnlySix(server, place));
}

// Any other text that is no number is meant as a port, though Node takes it for a file.
function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && Number.isNaN(Number(value));
}

function tellPortName(name: string): void {
  tell({
    code: 'port-as-text',
    what: `listen("${name}") names no port.`,
    why: 'A port is a number from 0 to 65535; ' +
      'Node would take this text for the name of a file.',
    try: 'Write listen(3000).',
    lesson: 1,
  }, lastCall, undefined);
}

// Node throws, or forgets the first port, depending on how soon the second call comes.
function tellTwice(server: Server): Server {
  tell({
    code: 'listen-twice',
    what: 'listen() was called twice on one server.',
    why: 'The server listens already; it goes on with its first port.',
    try: 'Take one of the two calls out.',
    lesson: 1,
  }, lastCall, undefined);
  return server;
}

function tellIfOnlySix(server: Server, place: SourceLocation | undefined): void {
  const address = server.address();
  if (address === null || typeof address === 'string' || address.address !== '::1') return;
  tell({
    code: 'only-ipv6',
    what: `The server listens on ::1, and not on 127.0.0.1.`,
    why: 'Both are this computer, and "localhost" may be either; ' +
      'a program that asks the other one finds nobody.',
    try: "Leave the address out, or write '127.0.0.1' in its place.",
    lesson: 2,
  }, place, undefined);
}

function tellNoListen(): void {
  const place = findLine(/createServer\(/);
  if (hasListened || place === undefined) return;
  tell({
    code: 'listen-forgotten',
    what: 'The program made a server and ended.',
    why: 'Nobody called listen(), so there was nothing to wait for.',
    try: 'Write server.listen(3000) at the end.',
    lesson: 1,
  }, place, undefined);
}
