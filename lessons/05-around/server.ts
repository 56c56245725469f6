import { createServer } from 'node:http';
import { listen } from '../02-reply/listen.ts';
import { stream, text } from '../02-reply/reply.ts';
import { items, menuLine } from '../03-address/items.ts';
import { welcome } from '../03-address/welcome.ts';
import { answerWith, router, type Handler } from '../04-router/router.ts';
import { around, withLog, type Layer } from './around.ts';

const showItem: Handler = ({ values }) => {
  const item = items.find(({ id }) => String(id) === values.id);
  return item ? text(200, menuLine(item)) : text(404, `There is no item ${values.id}. The menu is at "/menu".\n`);
};

// Twenty lines of the menu a second: an answer that takes its time.
const readAloud: Handler = () => stream(200, 'text/plain; charset=utf-8', async (response) => {
  for (const item of items) {
    if (response.destroyed) return;
    response.write(menuLine(item));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  response.end();
});

const withClosingTime: Layer = (handler) => (call) => {
  const isOpen = call.address.query.get('hour') !== '3';
  return isOpen ? handler(call) : text(503, 'The café is closed. It opens at 7.\n', { 'retry-after': '14400' });
};

const cafe = router([
  { method: 'GET', pattern: '/', handler: () => welcome },
  { method: 'GET', pattern: '/menu', handler: () => text(200, items.map(menuLine).join('')) },
  { method: 'GET', pattern: '/menu/aloud', handler: readAloud },
  { method: 'GET', pattern: '/menu/:id', handler: showItem },
]);

listen(createServer(answerWith(around([withLog, withClosingTime], cafe))));
