import { createServer } from 'node:http';
import { listen } from '../02-reply/listen.ts';
import { json, text } from '../02-reply/reply.ts';
import { items, menuLine, priceTag, type Item } from '../03-address/items.ts';
import { answerWith, router, type Handler } from '../04-router/router.ts';
import { around, withLog } from '../05-around/around.ts';
import { Refusal, withErrors } from '../06-errors/errors.ts';
import { readJson } from '../07-body/body.ts';
import { fields, list, validate, wholeNumber } from '../08-validate/validate.ts';
import { memoryStorage } from './memory.ts';
import { basketTotal, matches, whyNot } from './menu.ts';

const menu = memoryStorage().collection<Item>('menu', { unique: ['name'], indexes: ['category'], first: items });

const basketRule = fields({
  items: list(fields({ id: wholeNumber(1, Number.MAX_SAFE_INTEGER), quantity: wholeNumber(1, 100) }), 1, 20),
  hour: wholeNumber(0, 23),
});

const showMenu: Handler = async ({ address }) => {
  const { records } = await menu.list({ limit: 1_000 });
  const wanted = records.filter((item) => matches(item, address.query.get('search') ?? ''));
  return text(200, wanted.map(menuLine).join('') || 'Nothing on the menu is called so.\n');
};

const priceBasket: Handler = async ({ request }) => {
  const { items: basket, hour } = validate(basketRule, await readJson(request)); // request
  const { records } = await menu.list({ limit: 1_000 }); // storage
  const reasons = whyNot(basket, records); // logic
  if (reasons.length > 0) throw new Refusal(409, reasons.join(' '));
  const total = basketTotal(basket, records, hour); // logic
  return json(200, { total, shown: priceTag(total) }); // response
};

const cafe = router([
  { method: 'GET', pattern: '/menu', handler: showMenu },
  { method: 'POST', pattern: '/api/basket', handler: priceBasket },
]);

listen(createServer(answerWith(around([withLog, withErrors], cafe))));
