// Lesson 12 · memoize: the markup of a list, made once, and again when the list has changed.
//
//   const wholeMenu = memoize(showCategories);
//   wholeMenu(items)   ──►  made
//   wholeMenu(items)   ──►  the same as before: nothing is made
//
// For speed. Records of a store are never changed, only replaced by new ones: so the same records
// look the same.

import { flatten, type Markup } from './html.ts';

export function memoize<Item>(make: (records: readonly Item[]) => Markup): (records: readonly Item[]) => Markup {
  let made: Markup | undefined;
  let of: readonly Item[] = [];
  return (records) => {
    if (made && records.length === of.length && records.every((record, index) => record === of[index])) return made;
    of = records;
    made = flatten(make(records));
    return made;
  };
}
