// Lesson 14 · account-routes: how a guest creates an account.
//
//   POST /api/accounts   {"email":"ada@example.org","name":"Ada","password":"…"}
//     ──►  201, { id: 1, email, name, role }
//   POST /account        the same as a form
//     ──►  303, or the form again
//
// The password goes one way: in. No answer shows it, not even the form that comes back with the
// other fields filled in. And it is never in an address (so POST, not GET), because addresses are
// written into logs and kept by browsers.

import { json, type Reply, type ReplyHeaders } from '../02-reply/reply.ts';
import type { Call, Route } from '../04-router/router.ts';
import { readJson } from '../07-body/body.ts';
import { validate } from '../08-validate/validate.ts';
import type { Collection } from '../09-logic/storage.ts';
import type { Link, Show } from '../12-pages/layout.ts';
import { accountForm, type AccountParts, type LetIn } from './account-form.ts';
import { newAccountRule, openAccount, publicOf, type Account } from './accounts.ts';
import type { Passwords } from './password.ts';

export type { LetIn } from './account-form.ts';

export const accountNav: Link[] = [{ name: 'Account', address: '/account' }];

/** `letIn`: the headers that log in a guest who has just created an account (lesson 15). */
export function accountRoutes(
  accounts: Collection<Account>,
  passwords: Passwords,
  show: Show,
  letIn: LetIn = nowhere,
): Route[] {
  const parts = { accounts, passwords, show, letIn };
  return [
    { method: 'POST', pattern: '/api/accounts', handler: (call) => openByApi(parts, call) },
    ...accountForm(parts),
  ];
}

async function openByApi({ accounts, passwords }: AccountParts, { request }: Call): Promise<Reply> {
  const fields = validate(newAccountRule, await readJson(request));
  const account = await openAccount(accounts, passwords, fields);
  return json(201, publicOf(account), { location: `/api/accounts/${account.id}` });
}

async function nowhere(): Promise<ReplyHeaders> {
  return {};
}
