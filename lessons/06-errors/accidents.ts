// Lesson 06 · accidents: two bugs on purpose, to show what one bug does to all guests.
//
//   GET /menu/99/price  ──►  find() gives undefined, and .price of undefined throws
//   GET /brew/99        ──►  nothing awaits brew(), so no "try" sees it fail

import { setTimeout as wait } from 'node:timers/promises';
import { text } from '../02-reply/reply.ts';
import { items } from '../03-address/items.ts';
import type { Handler, Route } from '../04-router/router.ts';

const showPrice: Handler = ({ params }) => {
  const item = items.find(({ id }) => String(id) === params.id)!;
  return text(200, `${item.price} cents\n`);
};

async function brew(id: string | undefined): Promise<void> {
  await wait(100);
  console.log(`Ready: ${items.find((item) => String(item.id) === id)!.name}`);
}

const order: Handler = ({ params }) => {
  void brew(params.id);
  return text(202, 'Your cup is on its way.\n');
};

export const accidents: Route[] = [
  { method: 'GET', pattern: '/menu/:id/price', handler: showPrice },
  { method: 'GET', pattern: '/brew/:id', handler: order },
];
