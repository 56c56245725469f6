// Lesson 12 · memoize: the HTML of a list, made once, and again when the list has changed.
//
//   const wholeMenu = memoize(showCategories);
//   wholeMenu(items)   ──►  made
//   wholeMenu(items)   ──►  the same as before: nothing is made
//
// For speed. A store never changes a record, it replaces it. So the same records look the same.

import { Markup } from './markup-value.ts';

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

// V8 keeps a joined text as a tree of its parts. To bytes and back makes it one piece, once.
function flatten({ text }: Markup): Markup {
  return new Markup(Buffer.from(text).toString());
}
