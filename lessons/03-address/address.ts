// Lesson 03 · address: what does the client ask for?
//
//   GET /menu?search=caf%C3%A9  ──►  { method: 'GET', path: '/menu', query: { search → 'café' } }
//
// Path and query are decoded once, here and nowhere else: a text that is decoded twice says
// something else the second time. `new URL()` could do this too, but it quietly repairs a wrong
// address: it reads "/menu/../staff" as "/staff", and "//menu" as a machine of that name.

import type { IncomingMessage } from 'node:http';
import { text, type Reply } from '../02-reply/reply.ts';
import { problemInPath, problemInQuery, tooLong, unreadable } from './address-problems.ts';
import { decode } from './decode.ts';

export type Address = {
  method: string;
  /** Decoded, and safe to split at "/". Without the query. */
  path: string;
  query: Query;
  /** The answer to an address that cannot be read, or undefined for a good one. */
  refused: Reply | undefined;
};

/** Only for reading: for speed, all addresses without a query share one. */
export type Query = Omit<URLSearchParams, 'append' | 'delete' | 'set' | 'sort'>;

const NO_QUERY: Query = new URLSearchParams();

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

  return isPlain(path, query) ? address : readClosely(address, target, query);
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

// RFC 9110, 4.1 asks for at least 8,000. Node's own limit for all of the head is 16 KB.
export const MAX_TARGET = 8_000;

const PLAIN_PATH = /^(?:\/[\w~-][\w.~-]*)*\/?$/;
const PLAIN_QUERY = /^[^%&]*$/;

/** Short, with no percent-code, and with one field in the query at most. */
function isPlain(path: string, query: string): boolean {
  const isShort = path.length + query.length < MAX_TARGET;
  return isShort && PLAIN_PATH.test(path) && PLAIN_QUERY.test(query);
}

function readClosely(address: Address, target: string, query: string): Address {
  if (target.length > MAX_TARGET) return refuse(address, 414, tooLong(target, MAX_TARGET));
  // RFC 9112, 3.2.4: OPTIONS * asks about the server as a whole.
  if (target === '*' && address.method === 'OPTIONS') return address;
  const problem = problemInQuery(query, address.query.keys());
  if (problem) return refuse(address, 400, problem);
  return readPath(address, withoutHost(address.path));
}

function readPath(address: Address, rawPath: string): Address {
  const path = decode(rawPath);
  if (path === undefined) return refuse(address, 400, unreadable('path', rawPath));
  const problem = problemInPath(path, rawPath);
  return problem ? refuse(address, 400, problem) : { ...address, path };
}

// RFC 9112, 3.2.2: a request to a proxy has the whole URL, and every server must understand it.
function withoutHost(path: string): string {
  return path.replace(/^https?:\/\/[^/]+/i, '') || '/';
}

function refuse(address: Address, status: number, sentence: string): Address {
  return { ...address, refused: text(status, `${sentence}\n`) };
}
