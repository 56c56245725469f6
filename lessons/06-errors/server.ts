import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { listen } from '../02-reply/listen.ts';
import { text } from '../02-reply/reply.ts';
import { items, menuLine, type Item } from '../03-address/items.ts';
import { answerWith, router, type Handler } from '../04-router/router.ts';
import { around, withLog } from '../05-around/around.ts';
import { Refusal, withErrors } from './errors.ts';

function findItem(id: string | undefined): Item {
  const item = items.find((candidate) => String(candidate.id) === id);
  if (!item) throw new Refusal(404, `There is no item ${id}. The menu is at "/menu".`);
  return item;
}

const showItem: Handler = ({ values }) => text(200, menuLine(findItem(values.id)));

// A bug on purpose: for an id that is not there, find() gives undefined.
const showPrice: Handler = ({ values }) => {
  const item = items.find(({ id }) => String(id) === values.id)!;
  return text(200, `${item.price} cents\n`);
};

async function brew(id: string | undefined): Promise<void> {
  await wait(100);
  console.log(`Ready: ${items.find((item) => String(item.id) === id)!.name}`);
}

// Another one: nobody waits for brew(), so its failure is outside of every "try".
const order: Handler = ({ values }) => {
  void brew(values.id);
  return text(202, 'Your cup is on its way.\n');
};

const cafe = router([
  { method: 'GET', pattern: '/menu', handler: () => text(200, items.map(menuLine).join('')) },
  { method: 'GET', pattern: '/menu/:id', handler: showItem },
  { method: 'GET', pattern: '/menu/:id/price', handler: showPrice },
  { method: 'GET', pattern: '/brew/:id', handler: order },
]);

listen(createServer(answerWith(around([withLog, withErrors], cafe))));
