// Lesson 10 · page-query: which page of a long list does the client want?
//
//   /api/menu?after=50&limit=20  ──►  { after: 50, limit: 20 }    the next 20 after id 50
//   /api/menu                    ──►  { after: 0, limit: 50 }     the first page

import { numberFromText, optional, wholeNumber } from '../08-validate/validate.ts';
import type { RecordPage, Stored } from '../09-logic/storage.ts';

export const pageRules = {
  after: numberFromText(optional(wholeNumber(0, Number.MAX_SAFE_INTEGER), 0)),
  limit: numberFromText(optional(wholeNumber(1, 100), 50)),
};

/** The same page of what find() returns: all records found, in order of id. */
export function pageOf<Item extends Stored>(
  found: Item[],
  { after, limit }: { after: number; limit: number },
): RecordPage<Item> {
  const rest = found.filter(({ id }) => id > after);
  const records = rest.slice(0, limit);
  return { records, next: rest.length > limit ? records.at(-1)!.id : undefined };
}
