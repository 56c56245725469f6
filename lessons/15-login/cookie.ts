// Lesson 15 · cookie: a short text that the browser keeps, and sends with each request.
//
//   cookie('sid', '8Jp4…', { secure: true, maxAge: 43_200 })
//     ──►  set-cookie: __Host-sid=8Jp4…; Path=/; HttpOnly; SameSite=Lax; Max-Age=43200; Secure
//   cookie: theme=dark; __Host-sid=8Jp4…
//     ──►  readCookie(request, 'sid', { secure: true })  ──►  '8Jp4…'
//
// HTTP forgets: one request knows nothing of the one before. So the browser keeps this text and
// sends it back by itself; the page does nothing. Each word of the header closes a door: HttpOnly
// keeps out scripts, SameSite=Lax the forms of other sites, and Secure anybody who listens on the
// way.

import type { IncomingMessage } from 'node:http';
import { trimBlanks } from '../06-errors/header-list.ts';

/** Secure is only for https: over http, Safari does not keep such a cookie. */
export type CookieOptions = { secure?: boolean };

/**
 * The value of a set-cookie header; `maxAge` in seconds. Throws a TypeError for a name or a value
 * that a cookie cannot hold.
 */
export function cookie(
  name: string,
  value: string,
  { secure = false, maxAge }: CookieOptions & { maxAge: number },
): string {
  checkCookie(name, value);
  const words = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${secure ? '; Secure' : ''}`;
  return `${fullName(name, secure)}=${value}; ${words}`;
}

/** The value as it came. Do not believe it: a client can send what it likes. */
export function readCookie(
  { headers }: IncomingMessage,
  name: string,
  { secure = false }: CookieOptions = {},
): string | undefined {
  const wanted = fullName(name, secure);
  for (const pair of (headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=');
    // If two have this name, the first one counts: it has the longer path (RFC 6265, 5.4).
    if (at >= 0 && trimBlanks(pair.slice(0, at)) === wanted) return trimBlanks(pair.slice(at + 1));
  }
  return undefined;
}

/** Ends a cookie: the browser deletes one whose time is over. */
export function endCookie(name: string, options: CookieOptions = {}): string {
  return cookie(name, '', { ...options, maxAge: 0 });
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

// With this prefix, browsers only take a cookie from this very host, with Secure and for all paths.
// So another host of the same domain cannot add one (RFC 6265bis, 4.1.3.2).
function fullName(name: string, secure: boolean): string {
  return secure ? `__Host-${name}` : name;
}

// RFC 6265, 4.1.1. A ";" in a value would begin a new word, and a line break a new header.
function checkCookie(name: string, value: string): void {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) {
    throw new TypeError(
      'The name of a cookie may only have letters, digits and characters such as "-" and "_", ' +
      `but it was ${JSON.stringify(name)}.`,
    );
  }
  if (!/^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/.test(value)) {
    throw new TypeError(
      `The value of the cookie "${name}" must be ASCII, without spaces, commas, semicolons, ` +
      'quotation marks and backslashes: use encodeURIComponent(…).',
    );
  }
}
