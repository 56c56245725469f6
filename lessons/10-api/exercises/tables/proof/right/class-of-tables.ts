// A class with a list and a counter of its own; refusals are thrown where they are found.

import { createServer, type IncomingMessage } from 'node:http';
import { listen } from '../../../../../02-reply/listen.ts';
import { empty, json } from '../../../../../02-reply/reply.ts';
import { answerWith, router, type Call } from '../../../../../04-router/router.ts';
import { Refusal, withErrors } from '../../../../../06-errors/errors.ts';
import { readJson } from '../../../../../07-body/body.ts';
import { fields, line, optional, validate, wholeNumber } from '../../../../../08-validate/validate.ts';

const form = fields({ seats: wholeNumber(1, 12), place: line(1, 40), note: optional(line(0, 100), undefined) });

class Tables {
  #next = 4;
  #list = [
    { id: 1, seats: 2, place: 'window', note: 'It wobbles' as string | undefined, changes: 0 },
    { id: 2, seats: 4, place: 'corner', note: undefined, changes: 0 },
    { id: 3, seats: 6, place: 'garden', note: 'Under the apple tree', changes: 0 },
  ];

  all = () => json(200, this.#list);

  one = ({ params }: Call) => this.#show(200, this.#index(params.id));

  add = async ({ request }: Call) => {
    const wanted = await this.#read(request);
    this.#list.push({ id: this.#next++, ...wanted, changes: 0 });
    return this.#show(201, this.#list.length - 1);
  };

  replace = async ({ request, params }: Call) => {
    const wanted = await this.#read(request);
    const at = this.#index(params.id);
    const { id, changes } = this.#list[at]!;
    if (request.headers['if-match'] !== `"${id}.${changes}"`) throw new Refusal(412, 'Too late: look again.');
    this.#list[at] = { id, ...wanted, changes: changes + 1 };
    return this.#show(200, at);
  };

  remove = ({ params }: Call) => {
    this.#list = this.#list.filter(({ id }) => String(id) !== params.id);
    return empty();
  };

  #index(wanted = ''): number {
    const at = this.#list.findIndex(({ id }) => id === Number(wanted));
    if (at < 0) throw new Refusal(404, `No table ${wanted}.`);
    return at;
  }

  async #read(request: IncomingMessage) {
    return validate(form, await readJson(request));
  }

  #show(status: number, at: number) {
    const table = this.#list[at]!;
    return json(status, table, { etag: `"${table.id}.${table.changes}"`, location: `/api/tables/${table.id}` });
  }
}

const tables = new Tables();
listen(createServer(answerWith(withErrors(router([
  { method: 'GET', pattern: '/api/tables', handler: tables.all },
  { method: 'POST', pattern: '/api/tables', handler: tables.add },
  { method: 'GET', pattern: '/api/tables/:id', handler: tables.one },
  { method: 'PUT', pattern: '/api/tables/:id', handler: tables.replace },
  { method: 'DELETE', pattern: '/api/tables/:id', handler: tables.remove },
])))));
