// Prices with the discount in them already: a menu of the evening is worked out in hundredths of a cent.

import { createServer } from 'node:http';
import { listen } from '../../../../../02-reply/listen.ts';
import { json } from '../../../../../02-reply/reply.ts';
import { items, type Item } from '../../../../../03-address/items.ts';
import { answerWith, router, type Handler } from '../../../../../04-router/router.ts';
import { around } from '../../../../../05-around/around.ts';
import { Refusal, withErrors } from '../../../../../06-errors/errors.ts';
import { readJson } from '../../../../../07-body/body.ts';
import { fields, list, validate, wholeNumber } from '../../../../../08-validate/validate.ts';
import { memoryStorage } from '../../../../memory.ts';
import { whyNot, type Basket } from '../../../../menu.ts';

const RULES = { bakery: { percent: 15, evening: new Set([17, 18]), each: 3 } };

class Till {
  #menu: Map<number, Item>;

  constructor(menu: ReadonlyArray<Item>) {
    this.#menu = new Map(menu.map((item) => [item.id, item]));
  }

  bill(basket: Basket, hour: number): number {
    let hundredths = 0;
    for (const { id, quantity } of basket) {
      const { price, category } = this.#menu.get(id)!;
      const { percent, evening } = category === 'bakery' ? RULES.bakery : { percent: 0, evening: new Set<number>() };
      hundredths += quantity * price * (evening.has(hour) ? 100 - percent : 100);
    }
    return Math.trunc(hundredths / 100);
  }

  tooMany(basket: Basket): string[] {
    const pieces = basket.flatMap(({ id, quantity }) => new Array<number>(quantity).fill(id)).sort((a, b) => a - b);
    const fourth = pieces.filter((id, index) => id === pieces[index - RULES.bakery.each]);
    const names = [...new Set(fourth)].map((id) => this.#menu.get(id)).filter((item) => item?.category === 'bakery');
    return names.map((item) => `${item?.name}: three each.`);
  }
}

const billOf = (basket: Basket, menu: readonly Item[], hour: number) => new Till(menu).bill(basket, hour);
const reasonsAgainst = (basket: Basket, menu: readonly Item[]) => whyNot(basket, menu).concat(new Till(menu).tooMany(basket));

const menu = memoryStorage().collection<Item>('menu', { initial: items });

const basketRule = fields({
  items: list(fields({ id: wholeNumber(1, 1_000), quantity: wholeNumber(1, 100) }), 1, 20),
  hour: wholeNumber(0, 23),
});

const showBill: Handler = async ({ request }) => {
  const { items: basket, hour } = validate(basketRule, await readJson(request)); // request
  const { records } = await menu.list({ limit: 1_000 }); // storage
  const reasons = reasonsAgainst(basket, records); // logic
  if (reasons.length > 0) throw new Refusal(409, reasons.join(' '));
  return json(200, { total: billOf(basket, records, hour) }); // logic, response
};

const cafe = router([{ method: 'POST', pattern: '/api/bill', handler: showBill }]);

listen(createServer(answerWith(around([withErrors], cafe))));
