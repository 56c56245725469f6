// Lesson 10 · menu-list: one page of the menu, and where the next one is.
//
//   GET /api/menu?limit=2  ──►  { items: [espresso, flat white],
//                                 next: '/api/menu?after=2&limit=2' }

import type { Item } from '../03-address/items.ts';
import { json, type Reply } from '../02-reply/reply.ts';
import type { Call } from '../04-router/router.ts';
import { fields, line, optional, validate } from '../08-validate/validate.ts';
import type { Collection } from '../09-logic/storage.ts';
import { pageOf, pageRules } from './page-query.ts';

const page = fields({ ...pageRules, category: optional(line(0, 60), '') });

export async function listItems(menu: Collection<Item>, { address }: Call): Promise<Reply> {
  const { category, ...wanted } = validate(page, Object.fromEntries(address.query), 400);
  const { records, next } = category
    ? pageOf(await menu.find('category', category), wanted)
    : await menu.list(wanted);
  if (!next) return json(200, { items: records });
  const within = category && `category=${encodeURIComponent(category)}&`;
  const query = `${within}after=${next}&limit=${wanted.limit}`;
  return json(200, { items: records, next: `/api/menu?${query}` });
}
