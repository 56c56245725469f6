// Lesson 06 · item-text: one item as text, or a refusal.
//
//   itemText(items, '2')   ──►  "  2  Flat white        €3.40"
//   itemText(items, '99')  ──►  throws Refusal 404, "There is no item 99. …"
//
// It gives up in one line, and no function between here and withErrors() has to pass that on.

import { menuLine, type Item } from '../03-address/items.ts';
import { Refusal } from './errors.ts';

export function itemText(menu: Item[], id: string | undefined): string {
  const item = menu.find((candidate) => String(candidate.id) === id);
  if (!item) throw new Refusal(404, `There is no item ${id}. The menu is at "/menu".`);
  return menuLine(item);
}
