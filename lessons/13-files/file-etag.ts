// Lesson 13 · file-etag: which version of a file is this?
//
//   etagOfBytes(bytes)  ──►  '"q3VZt8Jk2mXo1cPd"'      from the bytes
//   etagOfStamp(stat)   ──►  '"dm-1ez7k…-1ez7k…"'      from size and dates; the file is not read

import { createHash } from 'node:crypto';

/**
 * `mtimeMs`: when the bytes changed, in milliseconds; a program can set it to anything. `ctimeMs`:
 * when anything about the file changed; no program can set it.
 */
export type Stamp = { size: number; mtimeMs: number; ctimeMs: number };

export function etagOfBytes(bytes: Uint8Array): string {
  return `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 16)}"`;
}

// On some disks dates have steps of two seconds.
const SETTLED_AFTER = 2_000;

// Weak ("W/") for two seconds after a change: a second change could have the same date (RFC 9110,
// 8.8.1).
export function etagOfStamp({ size, mtimeMs, ctimeMs }: Stamp): string {
  const settled = Date.now() - Math.max(mtimeMs, ctimeMs) > SETTLED_AFTER;
  const parts = [size, mtimeMs * 1000, ctimeMs * 1000];
  const stamp = parts.map((part) => Math.round(part).toString(36)).join('-');
  return `${settled ? '' : 'W/'}"${stamp}"`;
}

export function isStrong(etag: string): boolean {
  return !etag.startsWith('W/');
}
