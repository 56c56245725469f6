// Another style: each field is claimed with node:assert, and what it throws is collected. A class keeps the book.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { listen } from '../../../../../02-reply/listen.ts';
import { json } from '../../../../../02-reply/reply.ts';
import { answerWith, router } from '../../../../../04-router/router.ts';
import { Refusal, withErrors } from '../../../../../06-errors/errors.ts';
import { readJson } from '../../../../../07-body/body.ts';

type Claim = (value: unknown) => void;

const whole = (from: number, to: number): Claim => (value) => {
  assert.ok(Number.isInteger(value) && Number(value) >= from && Number(value) <= to, `must be ${from} to ${to}`);
};

class Book {
  entries: Record<string, unknown>[] = [];
  claims: Record<string, Claim> = {
    guest: (value) => assert.match(String(value ?? ''), /^.*\S.*$/, 'must be a name'),
    people: whole(1, 8),
    hour: whole(8, 21),
    chairs: whole(0, 4),
    note: (value) => assert.equal(typeof (value ?? ''), 'string', 'must be a text'),
  };

  add(wanted: unknown) {
    if (!(wanted instanceof Object)) throw new Refusal(422, 'An object is needed.');
    const given = Object.fromEntries(Object.entries(wanted));
    const errors = Object.keys({ ...this.claims, ...given }).flatMap((field) => this.#problem(field, given[field]));
    if (errors.length) throw new Refusal(422, 'Please look again.', { errors });
    const entry = { note: '', ...given, id: this.entries.length + 1 };
    this.entries.push(entry);
    return entry;
  }

  #problem(field: string, value: unknown) {
    try {
      assert.ok(field in this.claims, 'nobody asked for');
      this.claims[field]?.(value);
      return [];
    } catch (error) {
      return [{ field, message: `${field} ${(error as Error).message}` }];
    }
  }
}

const book = new Book();
const routes = router([
  { method: 'GET', pattern: '/api/reservations', handler: () => json(200, book.entries) },
  { method: 'POST', pattern: '/api/reservations', handler: async ({ request }) => json(201, book.add(await readJson(request))) },
]);
listen(createServer(answerWith(withErrors(routes))));
