// Exercise: who may see a bill, and who may mark it as paid. See task.md.

import { createServer } from 'node:http';
import { listen } from '../../../02-reply/listen.ts';
import { json } from '../../../02-reply/reply.ts';
import { answerWith, router, type Call, type Handler } from '../../../04-router/router.ts';
import { Refusal, withErrors } from '../../../06-errors/errors.ts';
import type { Account } from '../../../14-passwords/accounts.ts';
import { readCookie } from '../../../15-login/cookie.ts';
import type { WhoIs } from '../../../15-login/who.ts';
import { rights, type Access } from '../../rights.ts';

const bills = [
  { id: 41, guest: 2, item: 'Espresso', cents: 220, paid: false },
  { id: 42, guest: 1, item: 'Flat white', cents: 340, paid: false },
  { id: 43, guest: 2, item: 'Mint tea', cents: 290, paid: false },
];

// Who is logged in. In the café, the sessions of lesson 15 know it.
const people = new Map<string, Account>([
  ['8Jp4', person(1, 'Ada', 'customer')],
  ['kQ0v', person(2, 'Ben', 'customer')],
  ['Zx71', person(3, 'Grace', 'staff')],
]);

function person(id: number, name: string, role: Account['role']): Account {
  const email = `${name.toLowerCase()}@example.org`;
  return { id, name, email, role, passwordHash: '', version: 1 };
}

const whoIs: WhoIs = async (request) => people.get(readCookie(request, 'sid') ?? '');

function findBill({ params }: Call) {
  const bill = bills.find(({ id }) => String(id) === params.id);
  if (!bill) throw new Refusal(404, `There is no bill ${params.id}.`);
  return bill;
}

const listBills: Handler = () => json(200, bills);

const showBill: Handler = (call) => json(200, findBill(call));

const payBill: Handler = (call) => {
  const bill = findBill(call);
  bill.paid = true;
  return json(200, bill);
};

const routes = [
  { method: 'GET', pattern: '/api/prices', handler: () => json(200, { 'Flat white': 340 }) },
  { method: 'GET', pattern: '/api/bills', handler: listBills },
  { method: 'GET', pattern: '/api/bills/:id', handler: showBill },
  { method: 'POST', pattern: '/api/bills/:id/paid', handler: payBill },
];

// TODO: say who may use each route, and let showBill show customers only their own bills.
const access: Access = {
  'GET /api/prices': 'anyone',
  'GET /api/bills': 'anyone',
  'GET /api/bills/:id': 'anyone',
  'POST /api/bills/:id/paid': 'anyone',
};

listen(createServer(answerWith(withErrors(router(rights(routes, access, whoIs))))));
