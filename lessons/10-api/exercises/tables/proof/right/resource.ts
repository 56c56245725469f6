// One function makes the five routes for any collection and form; the checks are written as the lesson writes them.

import { createServer } from 'node:http';
import { listen } from '../../../../../02-reply/listen.ts';
import { empty, json } from '../../../../../02-reply/reply.ts';
import { answerWith, router, type Call, type Route } from '../../../../../04-router/router.ts';
import { Refusal, withErrors } from '../../../../../06-errors/errors.ts';
import { readJson } from '../../../../../07-body/body.ts';
import { fields, line, optional, validate, wholeNumber, type Rule } from '../../../../../08-validate/validate.ts';
import { memoryStorage } from '../../../../../09-logic/memory.ts';
import { Conflict, type Collection, type FieldsOf, type Stored } from '../../../../../09-logic/storage.ts';

function resource<One extends Stored>(at: string, things: Collection<One>, form: Rule<FieldsOf<One>>): Route[] {
  const show = (status: number, one: One) => json(status, one, { etag: `"${one.version}"`, location: `${at}/${one.id}` });
  const find = async ({ params }: Call): Promise<One> => {
    const one = await things.get(Number(params.id));
    if (one === undefined) throw new Refusal(404, `There is nothing at ${at}/${params.id}.`);
    return one;
  };
  const late = (error: unknown): never => {
    throw error instanceof Conflict ? new Refusal(412, 'Somebody was faster.') : error;
  };
  return [
    { method: 'GET', pattern: at, handler: async () => json(200, (await things.list()).records) },
    { method: 'GET', pattern: `${at}/:id`, handler: async (call) => show(200, await find(call)) },
    { method: 'POST', pattern: at, handler: async ({ request }) => show(201, await things.insert(validate(form, await readJson(request)))) },
    { method: 'PUT', pattern: `${at}/:id`, handler: async (call) => {
      const { id, version } = await find(call);
      if (call.request.headers['if-match'] !== `"${version}"`) throw new Refusal(412, `That was not version ${version}.`);
      return show(200, await things.update(id, version, validate(form, await readJson(call.request))).catch(late));
    } },
    { method: 'DELETE', pattern: `${at}/:id`, handler: async ({ params }) => {
      await things.remove(Number(params.id));
      return empty(204);
    } },
  ];
}

type Table = Stored & { seats: number; place: string; note: string };

const tables = memoryStorage().collection<Table>('tables', {
  initial: [
    { id: 1, seats: 2, place: 'window', note: 'It wobbles', version: 1 },
    { id: 2, seats: 4, place: 'corner', note: '', version: 1 },
    { id: 3, seats: 6, place: 'garden', note: 'Under the apple tree', version: 1 },
  ],
});
const form = fields({ seats: wholeNumber(1, 12), place: line(1, 40), note: optional(line(0, 100), '') });

listen(createServer(answerWith(withErrors(router(resource('/api/tables', tables, form))))));
