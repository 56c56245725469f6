// Lesson 02 · reply: what an answer is made of.
//
//   html(200, '<h1>Café ☕</h1>')
//        │
//        ▼
//   { status: 200,
//     headers: { 'content-type': 'text/html; charset=utf-8' },
//     body: '<h1>Café ☕</h1>' }
//
// A reply is a value: one function returns it, a test compares it, and only `send` (send.ts)
// touches the network. If every function wrote to the response, each test would need a network,
// and sooner or later an answer would end twice, or never.

import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { toAscii } from './ascii.ts';

/** Header names are written in lower case, so that a later value replaces an earlier one. */
export type ReplyHeaders = Record<Lowercase<string>, string | string[]>;

export type Reply = {
  status: number;
  headers: ReplyHeaders;
  body: string | Uint8Array | Readable | WriteBody;
  onClose?: OnClose;
};

export function text(status: number, body: string, headers?: ReplyHeaders): Reply {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers }, body };
}

export function html(status: number, body: string, headers?: ReplyHeaders): Reply {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8', ...headers }, body };
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

/** It gets the response, and writes to it for as long as it likes. */
export type WriteBody = (response: ServerResponse) => void | Promise<void>;

/** Called once, when the answer is over. `completed` is false if the client did not get it all. */
export type OnClose = (completed: boolean, status: number) => void;

/** Throws a TypeError for what JSON cannot hold: undefined, a function, a BigInt, a circle. */
export function json(status: number, value: unknown, headers?: ReplyHeaders): Reply {
  const body = JSON.stringify(value);
  if (body === undefined) {
    throw new TypeError(
      `JSON cannot hold ${typeof value}: ` +
      'give json() an object, a list, text, a number, true, false or null.',
    );
  }
  return { status, headers: { 'content-type': 'application/json', ...headers }, body };
}

/** An answer without a body: 204 "done, nothing to show", or 304 "you have it already". */
export function empty(status = 204, headers: ReplyHeaders = {}): Reply {
  return { status, headers, body: '' };
}

/** "Look over there": 303 after a form, 308 for an address that has moved (RFC 9110, 15.4). */
export function redirect(location: string, status = 303, headers?: ReplyHeaders): Reply {
  const to = toAscii(location);
  return text(status, `Please go to ${to}\n`, { location: to, ...headers });
}

export function bytes(
  status: number,
  type: string,
  body: Uint8Array,
  headers?: ReplyHeaders,
): Reply {
  return { status, headers: { 'content-type': type, ...headers }, body };
}

type Chunks = Readable | WriteBody;

export function stream(status: number, type: string, body: Chunks, headers?: ReplyHeaders): Reply {
  return { status, headers: { 'content-type': type, ...headers }, body };
}
