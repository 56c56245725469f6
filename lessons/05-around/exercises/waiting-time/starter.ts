// Exercise: how long did each answer take? See task.md.

import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { listen } from '../../../02-reply/listen.ts';
import { text } from '../../../02-reply/reply.ts';
import { items, menuLine } from '../../../03-address/items.ts';
import { welcome } from '../../../03-address/welcome.ts';
import { answerWith, router, type Handler } from '../../../04-router/router.ts';
import { around, withLog, type Layer } from '../../around.ts';

let bowls = 8;

// The kitchen takes a moment, and says how long it took.
const orderSoup: Handler = async () => {
  const start = performance.now();
  await wait(30);
  bowls -= 1;
  const took = (performance.now() - start).toFixed(1);
  const headers = { 'server-timing': `kitchen;dur=${took}` };
  return text(200, `Your soup. ${bowls} bowls are left.\n`, headers);
};

const showItem: Handler = ({ params }) => {
  const item = items.find(({ id }) => String(id) === params.id);
  return item ? text(200, menuLine(item)) : text(404, `There is no item ${params.id}.\n`);
};

const cafe = router([
  { method: 'GET', pattern: '/', handler: () => welcome },
  { method: 'GET', pattern: '/menu/:id', handler: showItem },
  { method: 'POST', pattern: '/soup', handler: orderSoup },
]);

const withOpeningHours: Layer = (handler) => (call) => {
  const hour = Number(call.address.query.get('hour') ?? 12);
  if (hour >= 7 && hour < 19) return handler(call);
  return text(503, 'We are open from 7 to 19.\n', { 'retry-after': '3600' });
};

// TODO: a layer that adds the header server-timing to every reply, and its place in the list below.
listen(createServer(answerWith(around([withLog, withOpeningHours], cafe))));
