// Exercise: what the kitchen throws, and what the guests get. See task.md.

import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { listen } from '../../../../02-reply/listen.ts';
import { text } from '../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../04-router/router.ts';
import { around, withLog, type Layer } from '../../../../05-around/around.ts';
import { Refusal, withErrors } from '../../../errors.ts';

// The kitchen. It knows nothing about HTTP.

type Dish = { name: string; price: number; recipe?: { minutes: number } };

class NoSuchDish extends Error {
  name = 'NoSuchDish';
}

class OnBreak extends Error {
  name = 'OnBreak';
  readonly seconds = 2400;
}

const dishes: Dish[] = [
  { name: 'soup', price: 620, recipe: { minutes: 4 } },
  { name: 'toast', price: 690, recipe: { minutes: 6 } },
  { name: 'water', price: 240 },
];

function findDish(name: string | undefined): Dish {
  const dish = dishes.find((candidate) => candidate.name === name);
  if (!dish) throw new NoSuchDish(`There is no dish called ${name}.`);
  return dish;
}

async function cook(dish: Dish): Promise<string> {
  if (dish.name === 'soup') throw new OnBreak('The stove is cold: the kitchen is back at 16:00.');
  await wait(dish.recipe!.minutes); // a bug: does each dish have a recipe?
  return `The ${dish.name} is ready.\n`;
}

// The café.

const showDish: Handler = ({ params }) => text(200, `${findDish(params.name).price} cents\n`);

const showMinutes: Handler = ({ params }) => text(200, `${findDish(params.name).recipe!.minutes} minutes\n`);

const orderDish: Handler = async ({ params }) => text(201, await cook(findDish(params.name)));

const cafe = router([
  { method: 'GET', pattern: '/dishes/:name', handler: showDish },
  { method: 'GET', pattern: '/dishes/:name/minutes', handler: showMinutes },
  { method: 'POST', pattern: '/orders/:name', handler: orderDish },
]);

const withKitchen: Layer = (handler) => async (call) => {
  try {
    return await handler(call);
  } catch (error) {
    if (error instanceof NoSuchDish) throw new Refusal(404, error.message);
    if (error instanceof OnBreak) throw new Refusal(503, error.message, { headers: { 'retry-after': String(error.seconds) } });
    throw error;
  }
};

listen(createServer(answerWith(around([withLog, withErrors, withKitchen], cafe))));
