// Exercise: how long did each answer take? See task.md.

import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { listen } from '../../../../02-reply/listen.ts';
import { text } from '../../../../02-reply/reply.ts';
import { items, menuLine } from '../../../../03-address/items.ts';
import { welcome } from '../../../../03-address/welcome.ts';
import { answerWith, router, type Handler } from '../../../../04-router/router.ts';
import { around, withLog, type Layer } from '../../../around.ts';

let bowls = 8;

// The kitchen takes a moment, and says how long it took.
const orderSoup: Handler = async () => {
  const start = performance.now();
  await wait(30);
  bowls -= 1;
  const took = (performance.now() - start).toFixed(1);
  return text(200, `Your soup. ${bowls} bowls are left.\n`, { 'server-timing': `kitchen;dur=${took}` });
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
  return hour >= 7 && hour < 19 ? handler(call) : text(503, 'We are open from 7 to 19.\n', { 'retry-after': '3600' });
};

const withWaitingTime: Layer = (handler) => async (call) => {
  const start = performance.now();
  const reply = await handler(call);
  const word = reply.status < 400 ? 'served' : 'refused';
  const mine = `${word};dur=${(performance.now() - start).toFixed(1)}`;
  const before = reply.headers['server-timing'];
  return { ...reply, headers: { ...reply.headers, 'server-timing': before ? `${before}, ${mine}` : mine } };
};

listen(createServer(answerWith(around([withLog, withWaitingTime, withOpeningHours], cafe))));
