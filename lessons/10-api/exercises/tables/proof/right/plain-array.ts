// With an array in place of a collection: the version is compared and counted by hand.

import { createServer } from 'node:http';
import { listen } from '../../../../../02-reply/listen.ts';
import { empty, json, type Reply, type ReplyHeaders } from '../../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../../04-router/router.ts';
import { around } from '../../../../../05-around/around.ts';
import { Refusal, withErrors } from '../../../../../06-errors/errors.ts';
import { readJson } from '../../../../../07-body/body.ts';
import { fields, line, optional, validate, wholeNumber, type Valid } from '../../../../../08-validate/validate.ts';
import { type Stored } from '../../../../../09-logic/storage.ts';

const tableForm = fields({
  seats: wholeNumber(1, 12),
  place: line(1, 40),
  note: optional(line(0, 100), ''),
});

type Table = Stored & Valid<typeof tableForm>;

let tables: any[] = [
  { id: 1, seats: 2, place: 'window', note: 'It wobbles', version: 1 },
  { id: 2, seats: 4, place: 'corner', note: '', version: 1 },
  { id: 3, seats: 6, place: 'garden', note: 'Under the apple tree', version: 1 },
];
let lastId = 3;

function showTable(status: number, table: Table, headers?: ReplyHeaders): Reply {
  return json(status, table, { etag: `"${table.version}"`, ...headers });
}

const listTables: Handler = async () => json(200, tables);

const findTable: Handler = async ({ params }) => {
  const table = tables.find(({ id }) => id === Number(params.id));
  if (!table) throw new Refusal(404, `There is no table "${params.id}".`);
  return showTable(200, table);
};

const addTable: Handler = async ({ request }) => {
  const table = { id: ++lastId, ...validate(tableForm, await readJson(request)), version: 1 };
  tables.push(table);
  return showTable(201, table, { location: `/api/tables/${table.id}` });
};

const replaceTable: Handler = async ({ request, params }) => {
  const fields = validate(tableForm, await readJson(request));
  const index = tables.findIndex(({ id }) => id === Number(params.id));
  if (index === -1) throw new Refusal(404, `There is no table "${params.id}".`);
  const { id, version } = tables[index];
  if (request.headers['if-match'] !== `"${version}"`) throw new Refusal(412, 'Somebody else has changed it.');
  tables[index] = { id, ...fields, version: version + 1 };
  return showTable(200, tables[index]);
};

const removeTable: Handler = async ({ params }) => {
  tables = tables.filter(({ id }) => id !== Number(params.id));
  return empty(204);
};

const routes = [
  { method: 'GET', pattern: '/api/tables', handler: listTables },
  { method: 'GET', pattern: '/api/tables/:id', handler: findTable },
  { method: 'POST', pattern: '/api/tables', handler: addTable },
  { method: 'PUT', pattern: '/api/tables/:id', handler: replaceTable },
  { method: 'DELETE', pattern: '/api/tables/:id', handler: removeTable },
];

listen(createServer(answerWith(around([withErrors], router(routes)))));
