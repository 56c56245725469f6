// No layer: each handler is wrapped by itself, with then() and catch(), and the error is told by its name.

import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { listen } from '../../../../../02-reply/listen.ts';
import { json, type Reply } from '../../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../../04-router/router.ts';
import { around, withLog } from '../../../../../05-around/around.ts';

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

function answerFor(error: Error): Reply {
  switch (error.name) {
    case 'NoSuchDish': return json(404, { error: error.message });
    case 'OnBreak': return json(503, { error: error.message }, { 'retry-after': `${(error as OnBreak).seconds}` });
    default:
      process.stderr.write(`${error.stack}\n`);
      return json(500, { error: 'Something broke here. Please tell us.' });
  }
}

function guarded(work: (name: string) => unknown): Handler {
  return ({ params: { name = '' } }) => Promise.resolve(name).then(work).then((value) => json(200, value)).catch(answerFor);
}

const orders = guarded(async (name) => cook(findDish(name)));

const cafe = router([
  { method: 'GET', pattern: '/dishes/:name/minutes', handler: guarded((name) => findDish(name).recipe!.minutes) },
  { method: 'GET', pattern: '/dishes/:name', handler: guarded((name) => findDish(name).price) },
  { method: 'POST', pattern: '/orders/:name', handler: async (call) => ({ ...await orders(call), ...(call.params.name === 'toast' && { status: 201 }) }) },
]);

listen(createServer(answerWith(around([withLog], cafe))));
