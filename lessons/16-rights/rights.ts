// Lesson 16 · rights: who you are is one question, what you may is another.
//
//   { 'GET /menu': 'anyone', 'GET /api/accounts/:id': 'customer', 'PUT /api/menu/:id': 'staff' }
//
//   PUT /api/menu/2   from a guest          ──►  401   who are you?
//   PUT /api/menu/2   from ada, a customer  ──►  403   we know you, and you may not
//   PUT /api/menu/2   from grace, staff     ──►  the handler
//
// One table says who may use each route, and one function asks. An `if` at the top of each handler
// would work too, until one handler is written without it: a missing line is hard to see. Here, a
// route without a line in the table stops the start.

import { redirect, type Reply } from '../02-reply/reply.ts';
import type { Call, Handler, Route } from '../04-router/router.ts';
import { wantsPage } from '../06-errors/accept.ts';
import { Refusal } from '../06-errors/errors.ts';
import type { Account } from '../14-passwords/accounts.ts';
import { notLoggedIn, type WhoIs } from '../15-login/who.ts';
import { checkAccess, nameOf, type Access, type Role } from './roles.ts';

export type { Access } from './roles.ts';

/** The same routes, each with its guard. Throws an Error when table and routes do not match. */
export function rights(routes: Route[], access: Access, whoIs: WhoIs): Route[] {
  checkAccess(routes, access);
  return routes.map((route) => {
    return { ...route, handler: guard(route.handler, access[nameOf(route)]!, whoIs) };
  });
}

function guard(handler: Handler, role: Role, whoIs: WhoIs): Handler {
  if (role === 'anyone') return handler;
  return async (call) => {
    const account = await whoIs(call.request);
    if (!account) return askToLogIn(call);
    if (!may(account, role)) {
      const sentence = `You are logged in as ${account.name}, but this is for ${role} only.`;
      throw new Refusal(403, sentence);
    }
    return keepPrivate(await handler(call));
  };
}

function may(account: Account, role: Role): boolean {
  return role === 'customer' || account.role === role;
}

/** For handlers: is this record the account's own, or is it staff? `owner`: an account's id. */
export function maySee(account: Account | undefined, owner: number | undefined): boolean {
  return owner !== undefined && (account?.id === owner || account?.role === 'staff');
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

// Encoded for "?next=", an address can be three times as long.
const MAX_NEXT = 1_000;

const LOGGED_OUT =
  'You are no longer logged in, so nothing was saved. ' +
  'Please log in, go back to your form, and send it again.';

// A browser is redirected to the login, and after it to the page that it wanted. A program gets an
// error, and so does a form that was sent too late.
function askToLogIn({ request, address }: Call): Reply {
  const { url = '', headers } = request;
  if (!wantsPage(headers.accept ?? '')) throw notLoggedIn();
  if (!['GET', 'HEAD'].includes(address.method)) throw notLoggedIn(LOGGED_OUT);
  const isOurs = url.startsWith('/') && url.length < MAX_NEXT;
  const next = isOurs ? `?next=${encodeURIComponent(url)}` : '';
  return redirect(`/login${next}`, 303, { vary: 'accept', 'cache-control': 'no-store' });
}

// This reply is for one person. No cache may keep it, and the next person at the same computer must
// not see it after pressing "back".
function keepPrivate(reply: Reply): Reply {
  return { ...reply, headers: { 'cache-control': 'no-store', ...reply.headers } };
}
