// Two small layers: one that adds any header to a copy, and one made from it that measures.

import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { listen } from '../../../../../02-reply/listen.ts';
import { text } from '../../../../../02-reply/reply.ts';
import { items, menuLine } from '../../../../../03-address/items.ts';
import { welcome } from '../../../../../03-address/welcome.ts';
import { answerWith, router, type Handler } from '../../../../../04-router/router.ts';
import { around, withLog, type Layer } from '../../../../around.ts';

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

function withHeader(name: Lowercase<string>, begin: () => (status: number) => string): Layer {
  return (handler) => async (call) => {
    const tell = begin();
    const reply = await handler(call);
    const headers = structuredClone(reply.headers);
    headers[name] = [headers[name], tell(reply.status)].filter(Boolean).join(', ');
    return Object.assign({}, reply, { headers });
  };
}

const withTime = withHeader('server-timing', () => {
  const start = process.hrtime.bigint();
  return (status) => `${['served', 'refused'][Number(status > 399)]};dur=${Number(process.hrtime.bigint() - start) / 1e6}`;
});

listen(createServer(answerWith(around([withTime], around([withLog, withOpeningHours], cafe)))));
