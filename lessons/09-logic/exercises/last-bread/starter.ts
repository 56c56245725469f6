// Exercise: what does the last bread of the day cost, and who gets it? See task.md.

import { createServer } from 'node:http';
import { listen } from '../../../02-reply/listen.ts';
import { json } from '../../../02-reply/reply.ts';
import { items, type Item } from '../../../03-address/items.ts';
import { answerWith, router, type Handler } from '../../../04-router/router.ts';
import { around } from '../../../05-around/around.ts';
import { Refusal, withErrors } from '../../../06-errors/errors.ts';
import { readJson } from '../../../07-body/body.ts';
import { fields, list, validate, wholeNumber } from '../../../08-validate/validate.ts';
import { memoryStorage } from '../../memory.ts';
import { whyNot, type Basket } from '../../menu.ts';

// TODO: the owner's two rules, one in each of the next two functions.

/** In cents, for that hour of the day (0 to 23). */
function billOf(basket: Basket, menu: readonly Item[], hour: number): number {
  return sumOf(basket, menu);
}

/** A sentence for each item that we do not sell like this. An empty list: all is well. */
function reasonsAgainst(basket: Basket, menu: readonly Item[]): string[] {
  return whyNot(basket, menu);
}

function sumOf(basket: Basket, menu: readonly Item[]): number {
  let sum = 0;
  for (const { id, quantity } of basket) sum += quantity * (findItem(menu, id)?.price ?? 0);
  return sum;
}

function findItem(menu: readonly Item[], id: number): Item | undefined {
  return menu.find((item) => item.id === id);
}

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
