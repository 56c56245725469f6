// The bills that somebody may see are picked first, and searched then; the table of the lesson does the rest.

import { createServer } from 'node:http';
import { listen } from '../../../../../02-reply/listen.ts';
import { json } from '../../../../../02-reply/reply.ts';
import { answerWith, router, type Call, type Handler } from '../../../../../04-router/router.ts';
import { Refusal, withErrors } from '../../../../../06-errors/errors.ts';
import type { Account } from '../../../../../14-passwords/accounts.ts';
import { readCookie } from '../../../../../15-login/cookie.ts';
import type { WhoIs } from '../../../../../15-login/who.ts';
import { rights, type Access } from '../../../../rights.ts';

const bills = [
  { id: 41, guest: 2, item: 'Espresso', cents: 220, paid: false },
  { id: 42, guest: 1, item: 'Flat white', cents: 340, paid: false },
  { id: 43, guest: 2, item: 'Mint tea', cents: 290, paid: false },
];

// Who is logged in. In the café, the sessions of lesson 15 know it.
const people = new Map<string, Account>([
  ['8Jp4', { id: 1, name: 'Ada', email: 'ada@example.org', role: 'customer', passwordHash: '', version: 1 }],
  ['kQ0v', { id: 2, name: 'Ben', email: 'ben@example.org', role: 'customer', passwordHash: '', version: 1 }],
  ['Zx71', { id: 3, name: 'Grace', email: 'grace@example.org', role: 'staff', passwordHash: '', version: 1 }],
]);

const whoIs: WhoIs = async (request) => people.get(readCookie(request, 'sid') ?? '');

async function visible({ request }: Call) {
  const me = await whoIs(request);
  return bills.filter(({ guest }) => me?.role === 'staff' || me?.id === guest);
}

async function findBill(call: Call) {
  const bill = (await visible(call)).find(({ id }) => `${id}` === call.params.id);
  if (bill === undefined) throw new Refusal(404, 'There is no such bill.');
  return bill;
}

const listBills: Handler = async (call) => json(200, await visible(call));
const showBill: Handler = async (call) => json(200, await findBill(call));
const payBill: Handler = async (call) => {
  const bill = await findBill(call);
  bill.paid = true;
  return json(200, bill);
};

const routes = [
  { method: 'GET', pattern: '/api/prices', handler: () => json(200, { 'Flat white': 340 }) },
  { method: 'GET', pattern: '/api/bills', handler: listBills },
  { method: 'GET', pattern: '/api/bills/:id', handler: showBill },
  { method: 'POST', pattern: '/api/bills/:id/paid', handler: payBill },
];

const access: Access = {
  'GET /api/prices': 'anyone',
  'GET /api/bills': 'staff',
  'GET /api/bills/:id': 'customer',
  'POST /api/bills/:id/paid': 'staff',
};

listen(createServer(answerWith(withErrors(router(rights(routes, access, whoIs))))));
