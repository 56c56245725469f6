// Lesson 13 · conditions: send it only if it is needed.
//
//   the first time   GET /files/look.css              ──►  200, etag: "q3VZ…", 1,024 bytes
//   from then on     GET … if-none-match: "q3VZ…"     ──►  304, no bytes: yours is still valid
//   after a change   GET … if-none-match: "q3VZ…"     ──►  200, etag: "Lw0a…", 1,030 bytes
//
// The etag comes first: a date has whole seconds only, and a file can change twice in one second.

import type { IncomingHttpHeaders } from 'node:http';
import { matchesEtag, matchesWeakly } from '../10-api/etag-match.ts';
import type { FileInfo } from './file-info.ts';
import { readHttpDate } from './http-date.ts';

/** 304: the client has this version. 412: it asked for another one. */
export function statusFor(asked: IncomingHttpHeaders, info: FileInfo): 200 | 304 | 412 {
  if (wantsOther(asked, info)) return 412;
  return hasThis(asked, info) ? 304 : 200;
}

function hasThis(asked: IncomingHttpHeaders, { etag, modified }: FileInfo): boolean {
  const known = asked['if-none-match'];
  if (known !== undefined) return matchesWeakly(known, etag);
  return wholeSeconds(modified) <= readHttpDate(asked['if-modified-since'] ?? '');
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

// RFC 9110, 13.2.2: a client that fetches a file in parts wants all of them from one version.
function wantsOther(asked: IncomingHttpHeaders, { etag, modified }: FileInfo): boolean {
  const wanted = asked['if-match'];
  if (wanted !== undefined) return !matchesEtag(wanted, etag);
  return wholeSeconds(modified) > readHttpDate(asked['if-unmodified-since'] ?? '');
}

function wholeSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000) * 1000;
}
