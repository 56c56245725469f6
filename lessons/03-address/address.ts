// Lesson 03 · address: what is asked for?
//
//   GET /menu?search=caf%C3%A9  ──►  { method: 'GET', path: '/menu', query: { search → 'café' } }
//
// The path names the thing, the query narrows it down, the method says what to do with it. Both
// are decoded once, here, and nowhere else: what is decoded twice says something else the second
// time. `new URL()` could take the target apart as well, but it quietly repairs what is wrong:
// "/menu/../staff" becomes "/staff", and "//menu" a machine of that name.

import type { IncomingMessage } from 'node:http';
import { text, type Reply } from '../02-reply/reply.ts';

export type Address = {
  method: string;
  /** Decoded, and safe to split at "/". Without the query. */
  path: string;
  query: Query;
  /** The answer for an address that cannot be read, or undefined for a good one. */
  refused: Reply | undefined;
};

export function readAddress(request: IncomingMessage): Address {
  const { method = 'GET', url: target = '/' } = request;
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  const query = mark < 0 ? '' : target.slice(mark + 1);
  const address: Address = {
    method,
    path,
    query: query === '' ? NO_QUERY : new URLSearchParams(query),
    refused: undefined,
  };

  return isPlain(path, query) ? address : readRare(address, target, query);
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

/** To be read, never changed: for speed, all addresses without a query share one. */
export type Query = Omit<URLSearchParams, 'append' | 'delete' | 'set' | 'sort'>;

const NO_QUERY: Query = new URLSearchParams();

// Below Node's own limit of 16 KB for a request's head, so that the client learns which part is
// too long. RFC 9110, 4.1 asks for at least 8,000.
export const MAX_TARGET = 8_000;

const PLAIN_PATH = /^(?:\/[\w~-][\w.~-]*)*\/?$/;

// With a code or a second field in it, a query needs a closer look.
const PLAIN_QUERY = /^[^%&]*$/;

function isPlain(path: string, query: string): boolean {
  const isShort = path.length + query.length < MAX_TARGET;
  return isShort && PLAIN_PATH.test(path) && PLAIN_QUERY.test(query);
}

function readRare(address: Address, target: string, query: string): Address {
  if (target.length > MAX_TARGET) {
    const length = `The address has ${target.length} characters`;
    return refuse(address, 414, `${length}; at most ${MAX_TARGET} are read.`);
  }
  // RFC 9112, 3.2.4: OPTIONS * asks about the server as a whole.
  if (target === '*' && address.method === 'OPTIONS') return address;
  if (decode(query) === undefined) {
    return refuse(address, 400, `The query "${shorten(query)}" cannot be read. ${PERCENT_RULE}`);
  }
  const twice = firstTwice(address.query);
  if (twice !== undefined) {
    const field = `The query has the field "${shorten(twice)}" twice`;
    return refuse(address, 400, `${field}, and only one of them would count: send it once.`);
  }

  const rawPath = withoutHost(address.path);
  const path = decode(rawPath);
  if (path === undefined) {
    return refuse(address, 400, `The path "${shorten(rawPath)}" cannot be read. ${PERCENT_RULE}`);
  }
  const problem = problemIn(path, rawPath);
  if (problem) return refuse(address, 400, `The path "${shorten(rawPath)}" ${problem}`);
  return { ...address, path };
}

const PERCENT_RULE = 'Each "%" must begin a code for a byte of UTF-8, such as %20 for a space; ' +
  'the sign itself is written %25.';

/** Undefined for text in which a "%" does not begin a code for a byte of UTF-8. */
export function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

// `get` reads the first of two, and other programs the last. Then what one of them has checked is
// not what the other one uses.
function firstTwice(query: Query): string | undefined {
  const seen = new Set<string>();
  for (const name of query.keys()) {
    if (seen.has(name)) return name;
    seen.add(name);
  }
  return undefined;
}

// RFC 9112, 3.2.2: a request to a proxy carries the whole URL, and every server must understand it.
function withoutHost(path: string): string {
  return path.replace(/^https?:\/\/[^/]+/i, '') || '/';
}

function problemIn(path: string, rawPath: string): string | undefined {
  if (!path.startsWith('/')) return 'must begin with "/".';
  if (/%2f/i.test(rawPath)) {
    return 'must not hide a "/" as %2F: a value with a slash belongs in the query.';
  }
  if (/[\x00-\x1f\x7f-\x9f]/.test(path)) return 'must not contain control characters.';
  const parts = path.slice(1).split('/');
  if (parts.includes('.') || parts.includes('..')) {
    return 'must not contain "." or ".." as a part: name the thing directly.';
  }
  if (parts.slice(0, -1).includes('')) {
    return 'must not contain "//": write one slash between two parts.';
  }
  return undefined;
}

const MAX_SHOWN = 100;

function shorten(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

function refuse(address: Address, status: number, sentence: string): Address {
  return { ...address, refused: text(status, `${sentence}\n`) };
}
