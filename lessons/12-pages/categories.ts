// Lesson 12 · categories: the menu's items in groups, each with its title.
//
//   byCategory(items)  ──►  [['coffee', [espresso, flat white, …]], ['tea', […]], …]
//   titleOf('warm')    ──►  'Warm drinks'

import type { Item } from '../03-address/items.ts';

export function byCategory(items: readonly Item[]): [category: string, items: Item[]][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(item.category);
    if (group) group.push(item);
    else groups.set(item.category, [item]);
  }
  return [...groups];
}

/** Lesson 08's categories, each with its title. */
export const TITLES = new Map([
  ['coffee', 'Coffee'],
  ['tea', 'Tea'],
  ['warm', 'Warm drinks'],
  ['cold', 'Cold drinks'],
  ['bakery', 'From the oven'],
  ['kitchen', 'From the kitchen'],
]);

export function titleOf(category: string): string {
  return TITLES.get(category) ?? category;
}
