// Lesson 10 · etag: which version of a record does the client know, and is it still that one?
//
//   GET /api/menu/2                    ──►  200, etag: "1"
//   PUT /api/menu/2    if-match: "1"   ──►  200, etag: "2"
//   PUT /api/menu/2    if-match: "1"   ──►  412: there is a newer version

import type { Call } from '../04-router/router.ts';
import { Refusal } from '../06-errors/errors.ts';
import type { Stored } from '../09-logic/storage.ts';
import { matchesEtag, matchesWeakly } from './etag-match.ts';
import { explainMismatch, explainPresence } from './etag-problem.ts';

const READING = ['GET', 'HEAD'];

export function etagOf({ version }: Stored): string {
  return `"${version}"`;
}

// RFC 9110, 13.1.1: two people edit the same item. The second change must not wipe out the first.
export function checkIfMatch(call: Call, item: Stored): Stored {
  checkConditions(call, item);
  if (call.request.headers['if-match'] === undefined) {
    throw new Refusal(
      428,
      'Say which version you have changed: ' +
      `the header "if-match" must be the etag of the item, such as ${etagOf(item)}.`,
    );
  }
  return item;
}

/** Refuses with 412 when the client asked for another version. */
export function checkConditions({ request, address }: Call, item: Stored): void {
  const { 'if-match': wanted, 'if-none-match': unwanted } = request.headers;
  const etag = etagOf(item);
  if (wanted !== undefined && !matchesEtag(wanted, etag)) {
    throw new Refusal(412, explainMismatch(wanted, etag), { headers: { etag } });
  }
  // For GET, if-none-match means something else: see showItem() in menu-api.ts.
  if (!READING.includes(address.method) && matchesWeakly(unwanted, etag)) {
    throw new Refusal(412, explainPresence(unwanted!, etag), { headers: { etag } });
  }
}
