// Lesson 09 · basket: what would this cost, and can we serve it?
//
//   POST /api/basket  {"items":[{"id":2,"quantity":2}],"hour":17}  ──►  200, {"total":544, …}
//
// The path of every request, in one handler: request, storage, logic, response.

import { json } from '../02-reply/reply.ts';
import { priceTag, type Item } from '../03-address/items.ts';
import type { Handler, Route } from '../04-router/router.ts';
import { Refusal } from '../06-errors/errors.ts';
import { readJson } from '../07-body/body.ts';
import { fields, list, validate, wholeNumber } from '../08-validate/validate.ts';
import { basketTotal, WHOLE_MENU, whyNot } from './menu.ts';
import type { Collection } from './storage.ts';

const line = fields({ id: wholeNumber(1, Number.MAX_SAFE_INTEGER), quantity: wholeNumber(1, 100) });
const basketRule = fields({ items: list(line, 1, 20), hour: wholeNumber(0, 23) });

export function basketRoutes(menu: Collection<Item>): Route[] {
  const priceBasket: Handler = async ({ request }) => {
    const { items: basket, hour } = validate(basketRule, await readJson(request)); // request
    const { records } = await menu.list(WHOLE_MENU); // storage
    const reasons = whyNot(basket, records); // logic
    if (reasons.length > 0) throw new Refusal(409, reasons.join(' '));
    const total = basketTotal(basket, records, hour); // logic
    return json(200, { total, shown: priceTag(total) }); // response
  };
  return [{ method: 'POST', pattern: '/api/basket', handler: priceBasket }];
}
