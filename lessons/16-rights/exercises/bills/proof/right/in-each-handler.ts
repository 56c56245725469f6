// Each handler asks for itself, by a function that throws.

import { createServer } from 'node:http';
import { listen } from '../../../../../02-reply/listen.ts';
import { json } from '../../../../../02-reply/reply.ts';
import { answerWith, router, type Call, type Handler } from '../../../../../04-router/router.ts';
import { Refusal, withErrors } from '../../../../../06-errors/errors.ts';
import type { Account } from '../../../../../14-passwords/accounts.ts';
import { readCookie } from '../../../../../15-login/cookie.ts';
import type { WhoIs } from '../../../../../15-login/who.ts';

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

async function need(call: Call, role?: Account['role']): Promise<Account> {
  const account = await whoIs(call.request);
  if (!account) throw new Refusal(401, 'Please log in.');
  if (role && account.role !== role) throw new Refusal(403, `Only for the ${role}.`);
  return account;
}

const findBill = (id: string | undefined) => bills.find((bill) => bill.id === Number(id));

const listBills: Handler = async (call) => {
  await need(call, 'staff');
  return json(200, { bills });
};

const showBill: Handler = async (call) => {
  const { id, role } = await need(call);
  const bill = findBill(call.params.id);
  if (!bill || (role !== 'staff' && bill.guest !== id)) throw new Refusal(404, 'No such bill.');
  return json(200, bill);
};

const payBill: Handler = async (call) => {
  await need(call, 'staff');
  const bill = findBill(call.params.id);
  if (!bill) throw new Refusal(404, 'No such bill.');
  return json(200, Object.assign(bill, { paid: true }));
};

const routes = [
  { method: 'GET', pattern: '/api/prices', handler: () => json(200, { 'Flat white': 340 }) },
  { method: 'GET', pattern: '/api/bills', handler: listBills },
  { method: 'GET', pattern: '/api/bills/:id', handler: showBill },
  { method: 'POST', pattern: '/api/bills/:id/paid', handler: payBill },
];

listen(createServer(answerWith(withErrors(router(routes)))));
