// The kitchen's errors become refusals, so withErrors knows them.

import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { listen } from '../../../../../02-reply/listen.ts';
import { text } from '../../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../../04-router/router.ts';
import { around, withLog } from '../../../../../05-around/around.ts';
import { Refusal, withErrors } from '../../../../errors.ts';

// The kitchen. Its errors know their status.

type Dish = { name: string; price: number; recipe?: { minutes: number } };

class NoSuchDish extends Refusal {
  constructor(sentence: string) {
    super(404, sentence);
  }
}

class OnBreak extends Refusal {
  constructor(sentence: string, seconds = 2400) {
    super(503, sentence, { headers: { 'retry-after': `${seconds}` } });
  }
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

listen(createServer(answerWith(around([withLog, withErrors], cafe))));
