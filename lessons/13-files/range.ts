// Lesson 13 · range: a part of a file.
//
//   range: bytes=0-99     ──►  { start: 0, end: 100 }        the first hundred bytes
//   range: bytes=900-     ──►  { start: 900, end: 1024 }     from there on: a download that goes on
//   range: bytes=-24      ──►  { start: 1000, end: 1024 }    the last ones
//   range: bytes=5000-    ──►  'outside'                     416: there are only 1,024
//
// A video is looked at from its middle, a download that broke off is gone on with. Several parts in
// one answer are allowed as well; nobody asks for them but attackers, so they get the whole file,
// which is always a right answer (RFC 9110, 14.2).

import type { IncomingHttpHeaders } from 'node:http';
import { isStrong, type FileInfo } from './file-info.ts';

/** `end` is the first byte that is not sent. */
export type Range = { start: number; end: number };

/** Undefined: send the whole file. */
export function readRange(
  asked: IncomingHttpHeaders,
  { size, etag }: FileInfo,
): Range | 'outside' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/i.exec(asked.range ?? '') ?? [];
  if (first + last === '' || size === 0 || !isOfVersion(asked['if-range'], etag)) return undefined;
  if (first === '') return cut(size - Number(last), size, size);
  if (last === '') return cut(Number(first), size, size);
  return Number(first) <= Number(last) ? cut(Number(first), Number(last) + 1, size) : undefined;
}

function cut(start: number, end: number, size: number): Range | 'outside' {
  return start < size ? { start: Math.max(0, start), end: Math.min(end, size) } : 'outside';
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

// RFC 9110, 13.1.5: "the part, if the file is still the one I have the beginning of". A date has
// whole seconds only and cannot promise that, so whoever sends one gets the whole file.
function isOfVersion(wanted: string | string[] | undefined, etag: string): boolean {
  return wanted === undefined || (wanted === etag && isStrong(etag));
}
