// Without router, reply and layers: plain Node, with one try around the whole listener.

import http from 'node:http';

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
  await new Promise((resolve) => setTimeout(resolve, dish.recipe!.minutes)); // a bug: does each dish have a recipe?
  return `The ${dish.name} is ready.\n`;
}

async function answer(method: string, [, kind, name, detail]: string[]): Promise<[status: number, words: string]> {
  const dish = findDish(name);
  if (method === 'POST' && kind === 'orders') return [201, await cook(dish)];
  return [200, detail === 'minutes' ? `${dish.recipe!.minutes} minutes` : `${dish.price} cents`];
}

http.createServer(async (req, res) => {
  res.setHeader('Content-Type', 'text/plain; charset=utf-8');
  try {
    const [status, words] = await answer(req.method ?? 'GET', (req.url ?? '/').split('/'));
    res.statusCode = status;
    res.end(words);
  } catch (problem) {
    const break_ = problem instanceof OnBreak ? problem : undefined;
    if (break_) res.setHeader('Retry-After', break_.seconds);
    const isKnown = break_ || problem instanceof NoSuchDish;
    if (!isKnown) console.log('Please mend this:', problem);
    res.statusCode = break_ ? 503 : isKnown ? 404 : 500;
    res.end(isKnown ? (problem as Error).message : 'We are sorry.');
  }
}).listen(8080);
