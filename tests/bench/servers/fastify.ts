// Fastify, as its guide has it: a schema for what comes in, and one for what goes out.

import files from '@fastify/static';
import fastify from 'fastify';
import { categories, findItem, folder, hello, menuHtml, routes, saveItem, type Answer, type NewItem } from '../cafe.ts';

const newItem = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'price', 'category', 'stock', 'forSale', 'description'],
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 60 },
    price: { type: 'integer', minimum: 1, maximum: 100_000 },
    category: { type: 'string', enum: [...categories] },
    stock: { type: 'integer', minimum: 0, maximum: 10_000 },
    forSale: { type: 'boolean' },
    description: { type: 'string', maxLength: 300 },
  },
};

const item = {
  type: 'object',
  properties: { id: { type: 'integer' }, ...newItem.properties, version: { type: 'integer' } },
};

const ways: Record<Answer, { schema: object; handler: (request: any, reply: any) => unknown }> = {
  hello: { schema: {}, handler: (_request, reply) => { reply.type('text/plain; charset=utf-8').send(hello); } },
  page: { schema: {}, handler: (_request, reply) => { reply.type('text/html; charset=utf-8').send(menuHtml()); } },
  item: {
    schema: { params: { type: 'object', properties: { id: { type: 'string' } } }, response: { 200: item } },
    handler: (request, reply) => {
      const found = findItem(request.params.id);
      if (found) reply.send(found);
      else reply.code(404).send({ message: 'Not found' });
    },
  },
  save: {
    schema: { body: newItem, response: { 201: item } },
    handler: (request, reply) => { reply.code(201).send(saveItem(request.body as NewItem)); },
  },
};

const app = fastify();
for (const { method, pattern, answer } of routes) app.route({ method, url: pattern, ...ways[answer] });
app.register(files, { root: `${folder}/files`, prefix: '/files/' });
await app.listen({ port: 0, host: '127.0.0.1' });
