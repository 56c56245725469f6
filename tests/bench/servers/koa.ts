// Koa with its router and its body parser.

import { bodyParser } from '@koa/bodyparser';
import Router from '@koa/router';
import Koa from 'koa';
import serveStatic from 'koa-static';
import { checkItem, findItem, folder, hello, menuHtml, routes, saveItem, type Answer } from '../cafe.ts';

const handlers: Record<Answer, (context: any) => void> = {
  hello: (context) => { context.body = hello; },
  page: (context) => {
    context.type = 'html';
    context.body = menuHtml();
  },
  item: (context) => {
    const item = findItem(context.params.id);
    if (item) context.body = item;
    else context.status = 404;
  },
  save: (context) => {
    const value: unknown = context.request.body;
    if (checkItem(value)) {
      context.status = 201;
      context.body = saveItem(value);
    } else {
      context.status = 422;
    }
  },
};

// Only a POST passes the body's reader, so that the other requests do not pay for it.
const json = bodyParser();
const router = new Router();
for (const { method, pattern, answer } of routes) {
  if (method === 'POST') router.post(pattern, json, handlers[answer]);
  else router.get(pattern, handlers[answer]);
}
// It looks on the disk at each request, so the others pass it by.
const files = serveStatic(folder);
router.get('/files/{*path}', (context, next) => files(context, next));
const app = new Koa({ env: 'production' });
app.silent = true; // It would report each guest who leaves while a file is sent, as ours do at the end.
app.use(router.routes()).use(router.allowedMethods()).listen(0, '127.0.0.1');
