// Lesson 12 · memoize: the markup of a list, made once, and again when the list has changed.
//
//   const wholeMenu = memoize(showCategories);
//   wholeMenu(items)   ──►  made
//   wholeMenu(items)   ──►  the same as before: nothing is made
//
// For speed. Records of a store are never changed, only replaced by new ones: so the same records
// look the same.

import { flatten, type Markup } from './html.ts';

type Make<Item> = (records: readonly Item[]) => Markup;

export function memoize<Item>(make: Make<Item>): Make<Item> {
  let made: Markup | undefined;
  let of: readonly Item[] = [];
  return (records) => {
    if (made && areSame(records, of)) return made;
    of = records;
    made = flatten(make(records));
    return made;
  };
}

function areSame(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((one, index) => one === others[index]);
}
