// Hono on Node, through its own adapter.

import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono, type Context } from 'hono';
import { checkItem, findItem, folder, hello, menuHtml, routes, saveItem, type Answer } from '../cafe.ts';

const handlers: Record<Answer, (context: Context) => Response | Promise<Response>> = {
  hello: (context) => context.text(hello),
  page: (context) => context.html(menuHtml()),
  item: (context) => {
    const item = findItem(context.req.param('id'));
    return item ? context.json(item) : context.text('Not found', 404);
  },
  save: async (context) => {
    const value: unknown = await context.req.json();
    return checkItem(value) ? context.json(saveItem(value), 201) : context.text('Not an item', 422);
  },
};

const app = new Hono();
for (const { method, pattern, answer } of routes) app.on(method, pattern, handlers[answer]);
app.use('/files/*', serveStatic({ root: folder }));
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
