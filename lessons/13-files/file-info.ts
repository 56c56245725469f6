// Lesson 13 · file-info: what is told of a file before its bytes.
//
//   look.css, 1,024 bytes, saved on 21 November
//     ──►  content-type: text/css; charset=utf-8   without it the browser leaves the style out
//          etag: "q3VZt8Jk2mXo1cPd"                the version: other bytes, other etag
//          last-modified: Sat, 21 Nov 2026 08:00:00 GMT
//          cache-control: no-cache                 keep it, but ask each time if it still holds
//
// The type comes from the ending of the name, because bytes do not say what they are for. Guessing
// from the bytes is what browsers once did, and a "picture" with a script in it then ran.

import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import type { ReplyHeaders } from '../02-reply/reply.ts';

/** `modified` is in milliseconds. `version` is the headers of a 304, `headers` those of a 200. */
export type FileInfo = {
  size: number;
  modified: number;
  etag: string;
  version: ReplyHeaders;
  headers: ReplyHeaders;
};

const types = new Map(Object.entries({
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  json: 'application/json',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  ico: 'image/x-icon',
}));

/** "application/octet-stream" is "some bytes": a browser saves them, and never runs them. */
export function typeOf(name: string): string {
  const ending = extname(name).slice(1).toLowerCase();
  return types.get(ending) ?? rareTypes.get(ending) ?? 'application/octet-stream';
}

export function fileInfoOf(name: string, { size, mtimeMs }: Changed, etag: string): FileInfo {
  // RFC 9110, 8.8.2.1: a clock that was wrong must not date a file into the future.
  const modified = Math.min(mtimeMs, Date.now());
  const version: ReplyHeaders = {
    etag,
    'last-modified': new Date(modified).toUTCString(),
    'cache-control': 'no-cache',
  };
  const type = typeOf(name);
  const headers: ReplyHeaders = { 'content-type': type, 'accept-ranges': 'bytes', ...version };
  return { size, modified, etag, version, headers };
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

/**
 * What the disk says of a file: `mtimeMs` is when its bytes were changed, in milliseconds, as far
 * as programs tell the truth; `ctimeMs` is when anything was, and no program can set it.
 */
export type Stamp = { size: number; mtimeMs: number; ctimeMs: number };
type Changed = Omit<Stamp, 'ctimeMs'>;

const rareTypes = new Map(Object.entries({
  csv: 'text/csv; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  xml: 'text/xml; charset=utf-8',
  map: 'application/json',
  webmanifest: 'application/manifest+json',
  pdf: 'application/pdf',
  wasm: 'application/wasm',
  zip: 'application/zip',
  avif: 'image/avif',
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  webm: 'video/webm',
  woff: 'font/woff',
  woff2: 'font/woff2',
}));

/** The version of bytes that are all here. */
export function etagOfBytes(bytes: Uint8Array): string {
  return `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 16)}"`;
}

// On some disks dates have steps of two seconds.
const SETTLED_AFTER = 2_000;

/**
 * The version of a file that is not read for it. Weak ("W/") while another change may still get the
 * same date (RFC 9110, 8.8.1).
 */
export function etagOfStamp({ size, mtimeMs, ctimeMs }: Stamp): string {
  const settled = Date.now() - Math.max(mtimeMs, ctimeMs) > SETTLED_AFTER;
  const parts = [size, mtimeMs * 1000, ctimeMs * 1000];
  const stamp = parts.map((part) => Math.round(part).toString(36)).join('-');
  return `${settled ? '' : 'W/'}"${stamp}"`;
}

export function isStrong(etag: string): boolean {
  return !etag.startsWith('W/');
}
