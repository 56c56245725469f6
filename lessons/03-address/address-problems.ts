// Lesson 03 · address-problems: what can be wrong with an address, in a sentence.
//
//   /menu/../staff     ──►  The path "/menu/../staff" must not contain "." or ".." as a part: …
//   ?price=3&price=4   ──►  The query has the field "price" twice, and only one of them …
//
// An attacker writes ".." or a hidden "/" to get out of a folder. Nothing is repaired here: if two
// programs repair an address differently, one of them checks what the other does not use.

import { decode } from './decode.ts';

export function problemInQuery(query: string, names: Iterable<string>): string | undefined {
  if (decode(query) === undefined) return unreadable('query', query);
  const twice = firstTwice(names);
  if (twice === undefined) return undefined;
  return `The query has the field "${shorten(twice)}" twice, ` +
    'and only one of them would count: send it once.';
}

export function problemInPath(path: string, rawPath: string): string | undefined {
  const rule = brokenRule(path, rawPath);
  return rule && `The path "${shorten(rawPath)}" ${rule}`;
}

export function unreadable(part: 'path' | 'query', text: string): string {
  return `The ${part} "${shorten(text)}" cannot be read. ` +
    'Each "%" must begin a code for a byte of UTF-8, such as %20 for a space; ' +
    'the character "%" itself is written %25.';
}

export function tooLong(target: string, most: number): string {
  return `The address has ${target.length} characters; at most ${most} are read.`;
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

// Some programs read the first of two fields, and others the last.
function firstTwice(names: Iterable<string>): string | undefined {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) return name;
    seen.add(name);
  }
  return undefined;
}

function brokenRule(path: string, rawPath: string): string | undefined {
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
