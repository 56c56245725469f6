// Exercise: the tables of the café, for programs. See task.md, or: npm run task 10.

import { createServer } from 'node:http';
import { listen } from '../../../../02-reply/listen.ts';
import { empty, json, type Reply, type ReplyHeaders } from '../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../04-router/router.ts';
import { around, type Layer } from '../../../../05-around/around.ts';
import { Refusal, withErrors } from '../../../../06-errors/errors.ts';
import { readJson } from '../../../../07-body/body.ts';
import { fields, line, optional, validate, wholeNumber, type Valid } from '../../../../08-validate/validate.ts';
import { memoryStorage } from '../../../../09-logic/memory.ts';
import { Conflict, type Stored } from '../../../../09-logic/storage.ts';

const tableForm = fields({
  seats: wholeNumber(1, 12),
  place: line(1, 40),
  note: optional(line(0, 100), ''),
});

type Table = Stored & Valid<typeof tableForm>;

const tables = memoryStorage().collection<Table>('tables', {
  initial: [
    { id: 1, seats: 2, place: 'window', note: 'It wobbles', version: 1 },
    { id: 2, seats: 4, place: 'corner', note: '', version: 1 },
    { id: 3, seats: 6, place: 'garden', note: 'Under the apple tree', version: 1 },
  ],
});

function showTable(status: number, table: Table, headers?: ReplyHeaders): Reply {
  return json(status, table, { etag: `"${table.version}"`, ...headers });
}

const listTables: Handler = async () => json(200, (await tables.list()).records);

const findTable: Handler = async ({ params }) => {
  const table = await tables.get(Number(params.id));
  if (!table) throw new Refusal(404, `There is no table "${params.id}".`);
  return showTable(200, table);
};

const addTable: Handler = async ({ request }) => {
  const table = await tables.insert(validate(tableForm, await readJson(request)));
  return showTable(201, table, { location: `/api/tables/${table.id}` });
};

const replaceTable: Handler = async ({ request, params }) => {
  const fields = validate(tableForm, await readJson(request));
  const version = Number(request.headers['if-match']?.replaceAll('"', '') ?? 0);
  return showTable(200, await tables.update(Number(params.id), version, fields));
};

const removeTable: Handler = async ({ params }) => {
  await tables.remove(Number(params.id));
  return empty(204);
};

const routes = [
  { method: 'GET', pattern: '/api/tables', handler: listTables },
  { method: 'GET', pattern: '/api/tables/:id', handler: findTable },
  { method: 'POST', pattern: '/api/tables', handler: addTable },
  { method: 'PUT', pattern: '/api/tables/:id', handler: replaceTable },
  { method: 'DELETE', pattern: '/api/tables/:id', handler: removeTable },
];

const STATUS_OF = { missing: 404, changed: 412, taken: 409 };

const withConflicts: Layer = (handler) => async (call) => {
  try {
    return await handler(call);
  } catch (error) {
    throw error instanceof Conflict ? new Refusal(STATUS_OF[error.reason], error.message) : error;
  }
};

listen(createServer(answerWith(around([withErrors, withConflicts], router(routes)))));
