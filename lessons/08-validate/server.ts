import { createServer } from 'node:http';
import { listen } from '../02-reply/listen.ts';
import { json, text } from '../02-reply/reply.ts';
import { items, menuLine, type Item } from '../03-address/items.ts';
import { answerWith, router, type Handler } from '../04-router/router.ts';
import { around, withLog } from '../05-around/around.ts';
import { withErrors } from '../06-errors/errors.ts';
import { readJson } from '../07-body/body.ts';
import { newItem } from './item.ts';
import { validate } from './validate.ts';

const menu: Item[] = [...items];

const addItem: Handler = async ({ request }) => {
  const fields = validate(newItem, await readJson(request));
  const item = { id: menu.length + 1, ...fields, version: 1 };
  menu.push(item);
  return json(201, item);
};

const cafe = router([
  { method: 'GET', pattern: '/menu', handler: () => text(200, menu.map(menuLine).join('')) },
  { method: 'POST', pattern: '/api/menu', handler: addItem },
]);

listen(createServer(answerWith(around([withLog, withErrors], cafe))));
