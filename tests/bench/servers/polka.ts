// Polka with body-parser, as its page shows; the answer is written by node:http's own calls.

import bodyParser from 'body-parser';
import type { ServerResponse } from 'node:http';
import polka from 'polka';
import sirv from 'sirv';
import { checkItem, findItem, folder, hello, menuHtml, routes, saveItem, type Answer } from '../cafe.ts';

const handlers: Record<Answer, (request: any, response: ServerResponse) => void> = {
  hello: (_request, response) => send(response, 200, 'text/plain; charset=utf-8', hello),
  page: (_request, response) => send(response, 200, 'text/html; charset=utf-8', menuHtml()),
  item: (request, response) => {
    const item = findItem(request.params.id);
    if (item) send(response, 200, 'application/json', JSON.stringify(item));
    else send(response, 404, 'text/plain; charset=utf-8', 'Not found');
  },
  save: (request, response) => {
    if (checkItem(request.body)) send(response, 201, 'application/json', JSON.stringify(saveItem(request.body)));
    else send(response, 422, 'text/plain; charset=utf-8', 'Not an item');
  },
};

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

// Only a POST passes the body's reader, so that the other requests do not pay for it.
const json = bodyParser.json();
const app = polka();
app.use('/files', sirv(`${folder}/files`, { etag: true }));
for (const { method, pattern, answer } of routes) {
  if (method === 'POST') app.post(pattern, json, handlers[answer]);
  else app.get(pattern, handlers[answer]);
}
app.listen(0, '127.0.0.1');
