// Lesson 13 · range: a part of a file.
//
//   range: bytes=0-99     ──►  { start: 0, end: 100 }        the first hundred bytes
//   range: bytes=900-     ──►  { start: 900, end: 1024 }     the rest: a download is resumed
//   range: bytes=-24      ──►  { start: 1000, end: 1024 }    the last 24 bytes
//   range: bytes=5000-    ──►  'outside'                     416: there are only 1,024
//
// A video starts in the middle, an interrupted download is resumed. HTTP also allows several parts
// in one answer. Only attackers ask for that, so they get the whole file, which is always correct
// (RFC 9110, 14.2).

import type { IncomingHttpHeaders } from 'node:http';
import { isStrong } from './file-etag.ts';
import type { FileInfo } from './file-info.ts';

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

// RFC 9110, 13.1.5: "the part, if the file is still the one that I have the beginning of". A date
// has whole seconds only and cannot prove that, so a client that sends one gets the whole file.
function isOfVersion(wanted: string | string[] | undefined, etag: string): boolean {
  return wanted === undefined || (wanted === etag && isStrong(etag));
}
