// Lesson 10 · etag-problem: why a version was refused, as a sentence with the way out.
//
//   explainMismatch('1', '"1"')    ──►  '… must be an etag in quotation marks, such as "1", …'
//   explainMismatch('"1"', '"2"')  ──►  'Somebody else has changed the item: …'

import { listIn } from '../06-errors/header-list.ts';
import { matchesWeakly } from './etag-match.ts';

// "Get it again" alone would send a client in a circle if its header is malformed or weak.
export function explainMismatch(wanted: string, etag: string): string {
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

export function explainPresence(unwanted: string, etag: string): string {
  return `The header "if-none-match" was ${shorten(unwanted)}, which allows a change only where ` +
    `there is no such version, but there is ${etag}. To change that one, send "if-match".`;
}

// RFC 9110, 8.8.3: no spaces and no further quotation mark inside.
const ETAG = /^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/;

const MAX_SHOWN = 60;

function shorten(header: string): string {
  return header.length > MAX_SHOWN ? `${header.slice(0, MAX_SHOWN)}…` : header;
}
