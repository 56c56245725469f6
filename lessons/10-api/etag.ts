// Lesson 10 · etag: which version of a thing was seen, and is it still that one?
//
//   GET /api/menu/2                    ──►  200, etag: "1"
//   PUT /api/menu/2    if-match: "1"   ──►  200, etag: "2"    or 412: somebody was faster

import type { Call } from '../04-router/router.ts';
import { Refusal } from '../06-errors/errors.ts';
import { listIn } from '../06-errors/header-list.ts';
import type { Stored } from '../09-logic/storage.ts';

export function etagOf({ version }: Stored): string {
  return `"${version}"`;
}

// RFC 9110, 13.1.1: two people edit the same item; the second one must not wipe out what the first
// one did. Each says which version was changed, and the second is told to look again.
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
    throw new Refusal(412, notThis(wanted, etag), { headers: { etag } });
  }
  // To whoever only reads, if-none-match means something else: see showItem() in menu-api.ts.
  if (!READING.includes(address.method) && matchesWeakly(unwanted, etag)) {
    throw new Refusal(412, notMissing(unwanted!, etag), { headers: { etag } });
  }
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

const READING = ['GET', 'HEAD'];

/**
 * For changes, and for joining the parts of a file: a weak etag, W/"1", only says "much the same",
 * and is never enough (RFC 9110, 8.8.3.2).
 */
export function matchesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  const entries = listIn(header);
  return isAny(entries) || (!isWeak(etag) && entries.includes(etag));
}

/** For looking at a thing: W/"1" will do in the place of "1". */
export function matchesWeakly(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  const entries = listIn(header);
  return isAny(entries) || entries.map(strong).includes(strong(etag));
}

// "*" is any version at all, and is never one of several.
function isAny(entries: string[]): boolean {
  return entries.length === 1 && entries[0] === '*';
}

function isWeak(etag: string): boolean {
  return etag.startsWith('W/');
}

function strong(etag: string): string {
  return isWeak(etag) ? etag.slice(2) : etag;
}

// A sentence that only said "get it again" would send some clients round in a circle.
function notThis(wanted: string, etag: string): string {
  const entries = listIn(wanted);
  if (!entries.some((entry) => ETAG.test(entry))) {
    return 'The header "if-match" must be an etag in quotation marks, ' +
      `such as ${etag}, but it was ${wanted === '' ? 'empty' : shorten(wanted)}.`;
  }
  if (matchesWeakly(wanted, etag)) {
    return `The etag ${shorten(wanted)} is weak: something on the way has added the "W/", ` +
      `such as a proxy that packs answers. For a change, send it without: ${etag}.`;
  }
  return `Somebody else has changed the item: you have version ${shorten(wanted)}, ` +
    `and it is version ${etag} by now. Get it again, and make your change to that.`;
}

function notMissing(unwanted: string, etag: string): string {
  return `The header "if-none-match" was ${shorten(unwanted)}, which allows a change only where ` +
    `there is no such version, but there is ${etag}. To change that one, send "if-match".`;
}

// RFC 9110, 8.8.3: no spaces and no further quotation mark inside.
const ETAG = /^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/;

const MAX_SHOWN = 60;

function shorten(header: string): string {
  return header.length > MAX_SHOWN ? `${header.slice(0, MAX_SHOWN)}…` : header;
}
