// Lesson 10 · etag-match: does a header name this version?
//
//   matchesEtag('"7", "1"', '"1"')    ──►  true
//   matchesEtag('W/"1"', '"1"')       ──►  false    a change needs exactly this version
//   matchesWeakly('W/"1"', '"1"')     ──►  true     a reader does not

import { listIn } from '../06-errors/header-list.ts';

/**
 * For changes, and for joining the parts of a file. A weak etag, W/"1", only means "much the same",
 * so it is never enough (RFC 9110, 8.8.3.2).
 */
export function matchesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  const entries = listIn(header);
  return isAny(entries) || (!isWeak(etag) && entries.includes(etag));
}

/** For reading: W/"1" is as good as "1". */
export function matchesWeakly(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  const entries = listIn(header);
  return isAny(entries) || entries.map(strong).includes(strong(etag));
}

// "*" means any version, and must be the only entry.
function isAny(entries: string[]): boolean {
  return entries.length === 1 && entries[0] === '*';
}

function isWeak(etag: string): boolean {
  return etag.startsWith('W/');
}

function strong(etag: string): string {
  return isWeak(etag) ? etag.slice(2) : etag;
}
