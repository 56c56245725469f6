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
// touches the network. Writing to the response from everywhere needs a network to be tested, and
// sooner or later ends an answer twice, or never.

import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';

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

/** The answer that never ends: it is given the response and writes to it whenever there is news. */
export type WriteBody = (response: ServerResponse) => void | Promise<void>;

/**
 * Called once at the end: `completed` is false when the client left or the answer broke off; the
 * status is the one that was sent.
 */
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

/**
 * A body that comes piece by piece: from a file, or from a function that
 * writes for as long as it likes.
 */
export function stream(
  status: number,
  type: string,
  body: Readable | WriteBody,
  headers?: ReplyHeaders,
): Reply {
  return { status, headers: { 'content-type': type, ...headers }, body };
}

/** A header or a log can hold neither a line break nor a "☕": both become percent-codes. */
export function toAscii(text: string): string {
  return text.replace(/[^\x21-\x7e]+/g, (part) => encodeURIComponent(Buffer.from(part).toString()));
}

/** A body that is there at once, and does not come piece by piece. */
export function isWhole(body: unknown): body is string | Uint8Array {
  return typeof body === 'string' || body instanceof Uint8Array;
}
