// Lesson 16 · account-api: the accounts for programs. Customers see only their own.
//
//   GET /api/accounts/1   from ada, who is 1    ──►  200
//   GET /api/accounts/2   from ada              ──►  404   the same as for one that does not exist
//   GET /api/accounts/2   from grace, staff     ──►  200
//   GET /api/accounts     from grace            ──►  200   all; from ada 403
//
// `accountAccess` says which role may use a route. We only know whose account it is after we have
// loaded it, so the handler asks that question itself. The answer is 404, not 403: with a 403,
// anybody could try all numbers and learn which accounts exist.

import { json, type Reply } from '../02-reply/reply.ts';
import type { Call, Handler, Route } from '../04-router/router.ts';
import { Refusal } from '../06-errors/errors.ts';
import { fields, validate } from '../08-validate/validate.ts';
import type { Collection } from '../09-logic/storage.ts';
import { idOf } from '../10-api/id.ts';
import { pageRules } from '../10-api/page-query.ts';
import { publicOf, type Account } from '../14-passwords/accounts.ts';
import type { WhoIs } from '../15-login/who.ts';
import { maySee } from './rights.ts';
import type { Access } from './roles.ts';

export const accountAccess: Access = {
  'GET /api/accounts': 'staff',
  'GET /api/accounts/:id': 'customer',
};

export function accountApi(accounts: Collection<Account>, whoIs: WhoIs): Route[] {
  const showOne: Handler = (call) => showAccount(accounts, whoIs, call);
  return [
    { method: 'GET', pattern: '/api/accounts', handler: (call) => listAccounts(accounts, call) },
    { method: 'GET', pattern: '/api/accounts/:id', handler: showOne },
  ];
}

async function showAccount(
  accounts: Collection<Account>,
  whoIs: WhoIs,
  call: Call,
): Promise<Reply> {
  const account = await accounts.get(idOf(call));
  if (!maySee(await whoIs(call.request), account?.id)) {
    throw new Refusal(404, `There is no account "${call.params.id}".`);
  }
  return json(200, publicOf(account!));
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

const page = fields(pageRules);

async function listAccounts(accounts: Collection<Account>, { address }: Call): Promise<Reply> {
  const wanted = validate(page, Object.fromEntries(address.query), 400);
  const { records, next } = await accounts.list(wanted);
  const shown = { accounts: records.map(publicOf) };
  if (!next) return json(200, shown);
  return json(200, { ...shown, next: `/api/accounts?after=${next}&limit=${wanted.limit}` });
}
