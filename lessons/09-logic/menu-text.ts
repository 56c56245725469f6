// Lesson 09 · menu-text: the menu as text again, now from a store.
//
//   GET /menu?search=cafe  ──►  await menuText(menu, query)  ──►  "  4  Café au lait      €3.50"
//
// Which items match a search is a rule, so it is in menu.ts, which knows neither store nor text.

import type { Query } from '../03-address/address.ts';
import { menuLine, type Item } from '../03-address/items.ts';
import { Refusal } from '../06-errors/errors.ts';
import { matches, WHOLE_MENU } from './menu.ts';
import type { Collection } from './storage.ts';

export async function menuText(menu: Collection<Item>, query: Query): Promise<string> {
  const { records } = await menu.list(WHOLE_MENU);
  const wanted = records.filter((item) => matches(item, query.get('search') ?? ''));
  return wanted.map(menuLine).join('') || 'Nothing on the menu is called that.\n';
}

export async function itemText(menu: Collection<Item>, id: string | undefined): Promise<string> {
  const item = await menu.get(Number(id));
  if (!item) throw new Refusal(404, `There is no item ${id}. The menu is at "/menu".`);
  return menuLine(item);
}
