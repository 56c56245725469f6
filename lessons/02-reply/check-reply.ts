// Lesson 02 · check-reply: can this reply go out?
//
//   text(200, 'Café ☕')                        ──►  yes
//   text(200, 'Café', { 'x-name': 'Zoë ☕' })   ──►  TypeError: The header "x-name" cannot hold …
//
// The whole reply is checked before its first byte is written. A head that has gone out cannot be
// taken back, so the client could not get a 500 any more.

import { Readable } from 'node:stream';
import type { Reply, ReplyHeaders } from './reply.ts';

/** Throws a TypeError that says what is wrong, and what to write instead. */
export function checkReply(reply: unknown): asserts reply is Reply {
  try {
    checkParts(reply);
  } catch (error) {
    discard(reply);
    throw error;
  }
}

function checkParts(reply: unknown): void {
  const { status, headers, body, onClose } = (reply ?? {}) as Partial<Reply>;
  if (headers === undefined || body === undefined) {
    refuse('What is sent must be a reply such as text(200, "Hello"), ' +
      `but it was ${nameOf(reply)}`);
  }
  if (!Number.isInteger(status) || status! < 200 || status! > 599) {
    refuse('The status of a reply must be a whole number from 200 to 599, ' +
      `but it was ${shown(status)}.`);
  }
  if (!isBody(body)) {
    refuse('The body of a reply must be text, bytes, a stream or a function, ' +
      `but it was ${shown(body)}: ${adviceFor(body, status!)}`);
  }
  if (onClose !== undefined && typeof onClose !== 'function') {
    refuse(`The onClose of a reply must be a function, but it was ${shown(onClose)}.`);
  }
  checkHeaders(headers);
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

/** For a reply that is not sent: it must not fail later, or keep a file open. */
export function discard(reply: unknown): void {
  for (const part of partsOf(reply)) {
    if (part instanceof Promise) part.catch(() => {});
    if (part instanceof Readable) part.on('error', () => {}).destroy();
  }
}

function partsOf(reply: unknown): unknown[] {
  try {
    const { headers } = reply as Reply;
    return [reply, ...Object.values(reply as Reply), ...Object.values(headers ?? {})];
  } catch {
    return [reply]; // Nothing can be read from it.
  }
}

function refuse(sentence: string): never {
  throw new TypeError(sentence);
}

/** True for a body that is there at once: not for one that comes piece by piece. */
export function isWhole(body: unknown): body is string | Uint8Array {
  return typeof body === 'string' || body instanceof Uint8Array;
}

function isBody(body: unknown): boolean {
  return isWhole(body) || typeof body === 'function' || body instanceof Readable;
}

// A Map, a list or fetch's Headers would be sent as no headers at all.
function checkHeaders(headers: ReplyHeaders): void {
  if (typeof headers !== 'object' || headers === null || Symbol.iterator in headers) {
    refuse('The headers of a reply must be an object such as { etag: \'"7"\' }, ' +
      `but it was ${shown(headers)}.`);
  }
  for (const name in headers) {
    if (!NAME.test(name)) refuse(whyNotName(name));
    const value: unknown = headers[name as keyof ReplyHeaders];
    if (typeof value !== 'string' || BAD_CHARACTER.test(value)) checkValue(name, value);
  }
  if ('content-length' in headers && !/^\d{1,15}$/.test(String(headers['content-length']))) {
    refuse('The header "content-length" must be a whole number of bytes, ' +
      `but it was ${shown(headers['content-length'])}: leave it out, and send() counts.`);
  }
}

// RFC 9110, 5.1 and 5.5.
const NAME = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;
const BAD_CHARACTER = /[^\t\x20-\x7e\x80-\xff]/;

function whyNotName(name: string): string {
  const lower = name.toLowerCase();
  if (!NAME.test(lower)) {
    return 'A header name has letters, digits and "-", as in "content-type", ' +
      `but it was ${shown(name)}.`;
  }
  return `Header names are written in lower case: "${lower}", not "${name}". ` +
    'Otherwise one may be sent twice.';
}

function checkValue(name: string, value: unknown): void {
  if (Number.isFinite(value)) return;
  if (Array.isArray(value) && name !== 'content-length') {
    for (const one of value) checkValue(name, Array.isArray(one) ? undefined : one);
    return;
  }
  if (typeof value !== 'string') {
    refuse(`The header "${name}" must be text, or a list of texts, but it was ${shown(value)}.`);
  }
  if (BAD_CHARACTER.test(value)) {
    refuse(`The header "${name}" cannot hold a line break or a "☕", ` +
      `but it was ${shown(value)}: write it with encodeURIComponent(…).`);
  }
}

function nameOf(value: unknown): string {
  if (value instanceof Promise) return 'a promise: "await" it first.';
  if (value === undefined) return 'undefined: is a "return" missing?';
  return `${shown(value)}: it needs a status, headers and a body.`;
}

function adviceFor(body: unknown, status: number): string {
  return body instanceof Promise ? '"await" it first.' : `try json(${status}, …) or String(…).`;
}

/** A value as a sentence shows it. */
export function shown(value: unknown): string {
  if (value instanceof Promise) return 'a promise';
  if (['number', 'bigint', 'symbol'].includes(typeof value)) return String(value);
  if (typeof value === 'function') return 'a function';
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return 'an object that JSON cannot hold';
  }
}
