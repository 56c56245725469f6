// Express. "x-powered-by" and ETags are off, since no other server here sends them either.

import express, { type Request, type Response } from 'express';
import { checkItem, findItem, folder, hello, menuHtml, routes, saveItem, type Answer } from '../cafe.ts';

const handlers: Record<Answer, (request: Request, response: Response) => void> = {
  hello: (_request, response) => { response.type('text/plain').send(hello); },
  page: (_request, response) => { response.type('text/html').send(menuHtml()); },
  item: (request, response) => {
    const item = findItem(String(request.params.id));
    if (item) response.json(item);
    else response.status(404).type('text/plain').send('Not found');
  },
  save: (request, response) => {
    if (checkItem(request.body)) response.status(201).json(saveItem(request.body));
    else response.status(422).type('text/plain').send('Not an item');
  },
};

// Only a POST passes the body's reader, so that the other requests do not pay for it.
const json = express.json();
const app = express().disable('x-powered-by').disable('etag');
for (const { method, pattern, answer } of routes) {
  if (method === 'POST') app.post(pattern, json, handlers[answer]);
  else app.get(pattern, handlers[answer]);
}
app.use('/files', express.static(`${folder}/files`));
app.listen(0, '127.0.0.1');
