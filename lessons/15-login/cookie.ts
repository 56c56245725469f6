// Lesson 15 · cookie: a note that the browser keeps, and shows at each visit.
//
//   cookie('sid', '8Jp4…', { secure: true, maxAge: 43_200 })
//     ──►  set-cookie: __Host-sid=8Jp4…; Path=/; HttpOnly; SameSite=Lax; Max-Age=43200; Secure
//   cookie: theme=dark; __Host-sid=8Jp4…
//     ──►  readCookie(request, 'sid', { secure: true })  ──►  '8Jp4…'
//
// HTTP forgets: no request knows of the one before. What a browser was told to keep comes back by
// itself, and the page does nothing for it. Each word of the header closes a door: HttpOnly keeps
// scripts out, SameSite=Lax the forms of other sites, Secure the listeners on the way.

import type { IncomingMessage } from 'node:http';
import { trimBlanks } from '../06-errors/header-list.ts';

/** Secure is for https alone: over http, Safari keeps no such cookie. */
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

/** As it came, and not to be believed: a client can send what it likes. */
export function readCookie(
  { headers }: IncomingMessage,
  name: string,
  { secure = false }: CookieOptions = {},
): string | undefined {
  const wanted = fullName(name, secure);
  for (const pair of (headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=');
    // Of two with one name, the browser sends the one of the longer path first: it counts.
    if (at >= 0 && trimBlanks(pair.slice(0, at)) === wanted) return trimBlanks(pair.slice(at + 1));
  }
  return undefined;
}

/** Ends a cookie: the browser throws away what is too old. */
export function endCookie(name: string, options: CookieOptions = {}): string {
  return cookie(name, '', { ...options, maxAge: 0 });
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

// With this beginning of a name, browsers take a cookie only from this very host, with Secure and
// for all paths: no neighbour at another name of the domain can add one (RFC 6265bis, 4.1.3.2).
function fullName(name: string, secure: boolean): string {
  return secure ? `__Host-${name}` : name;
}

// RFC 6265, 4.1.1. A ";" in a value would begin a new word of the header, a line break a header.
function checkCookie(name: string, value: string): void {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) {
    throw new TypeError(
      'The name of a cookie must be of letters, digits and signs such as "-" and "_", ' +
      `but it was ${JSON.stringify(name)}.`,
    );
  }
  if (!/^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/.test(value)) {
    throw new TypeError(
      `The value of the cookie "${name}" must have no space, comma, semicolon, ` +
      'quotation mark, backslash, nor anything but ASCII: use encodeURIComponent(…).',
    );
  }
}
