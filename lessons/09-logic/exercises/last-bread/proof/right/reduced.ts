// Another style: the basket becomes a list of items with sums, once, and both rules look at that.

import { createServer } from 'node:http';
import { listen } from '../../../../../02-reply/listen.ts';
import { json } from '../../../../../02-reply/reply.ts';
import { items, type Item } from '../../../../../03-address/items.ts';
import { answerWith, router } from '../../../../../04-router/router.ts';
import { withErrors } from '../../../../../06-errors/errors.ts';
import { readJson } from '../../../../../07-body/body.ts';

type Line = { item: Item; quantity: number };

const unfold = (basket: { id: number; quantity: number }[]): Line[] =>
  items.map((item) => ({ item, quantity: basket.filter(({ id }) => id === item.id).reduce((sum, entry) => sum + entry.quantity, 0) }));

const isBaked = ({ item }: Line) => item.category === 'bakery';
const isRefused = (line: Line) => line.quantity > line.item.stock || (isBaked(line) && line.quantity >= 4);
const sum = (lines: Line[]) => lines.reduce((cents, { item, quantity }) => cents + item.price * quantity, 0);

// 85 percent of the baked part, rounded down: the half cent stays with the guest.
const pay = (lines: Line[], hour: number) => {
  const percent = [17, 18].includes(hour) ? 85 : 100;
  return sum(lines.filter((line) => !isBaked(line))) + Math.floor((sum(lines.filter(isBaked)) * percent) / 100);
};

listen(createServer(answerWith(withErrors(router([{
  method: 'POST', pattern: '/api/bill', handler: async ({ request }) => {
    const { items: basket, hour } = (await readJson(request)) as { items: { id: number; quantity: number }[]; hour: number };
    const lines = unfold(basket);
    const names = lines.filter(isRefused).map(({ item }) => item.name);
    return names.length > 0 ? json(409, { sorry: names }) : json(200, { total: pay(lines, hour) });
  },
}])))));
