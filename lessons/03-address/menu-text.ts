// Lesson 03 · menu-text: the menu as text: all of it, or the result of a search.
//
//   menuText(items, query of "/menu?search=tea")  ──►  the lines with "tea" in their name

import type { Query } from './address.ts';
import { menuLine, type Item } from './items.ts';

export function menuText(menu: Item[], query: Query): string {
  const search = query.get('search') ?? '';
  const wanted = menu.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()));
  if (wanted.length === 0) return `Nothing on the menu has "${search}" in its name.\n`;
  return wanted.map(menuLine).join('');
}
