// Lesson 10 · etag: which version of a thing was seen, and is it still that one?
//
//   GET /api/menu/2                    ──►  200, etag: "1"
//   PUT /api/menu/2    if-match: "1"   ──►  200, etag: "2"    or 412: somebody was faster

import type { Call } from '../04-router/router.ts';
import { Refusal } from '../06-errors/errors.ts';
import type { Stored } from '../09-logic/storage.ts';

export function etagOf({ version }: Stored): string {
  return `"${version}"`;
}

// RFC 9110, 13.1.1: two people edit the same item; the second one must not wipe out what the first
// one did. Each says which version was changed, and the second is told to look again.
export function checkIfMatch({ request }: Call, item: Stored): Stored {
  const wanted = request.headers['if-match'];
  const etag = etagOf(item);
  if (wanted === undefined) {
    throw new Refusal(
      428,
      'Say which version you have changed: ' +
      `the header "if-match" must be the etag of the item, such as ${etag}.`,
    );
  }
  if (!matchesEtag(wanted, etag)) {
    throw new Refusal(
      412,
      `Somebody else has changed the item: you have version ${wanted}, ` +
      `and it is version ${etag} by now. Get it again, and make your change to that.`,
      { headers: { etag } },
    );
  }
  return item;
}

export function matchesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.trim() === '*' || header.split(',').some((entry) => entry.trim() === etag);
}
