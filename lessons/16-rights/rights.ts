// Lesson 16 · rights: who you are is one question, what you may is another.
//
//   { 'GET /menu': 'anyone', 'GET /api/accounts/:id': 'customer', 'PUT /api/menu/:id': 'staff' }
//
//   PUT /api/menu/2   of a guest             ──►  401   who are you?
//   PUT /api/menu/2   of ada, a customer     ──►  403   we know you, and you may not
//   PUT /api/menu/2   of grace, of the staff ──►  the handler
//
// One table says who may use each route, and one function asks. An `if` at the top of each handler
// would do as well, until one is written without: nobody sees what is not there. Here a route
// that the table does not know stops the start. To hide a link protects nothing: anybody can ask.

import { redirect, type Reply } from '../02-reply/reply.ts';
import type { Call, Handler, Route } from '../04-router/router.ts';
import { wantsPage } from '../06-errors/accept.ts';
import { Refusal } from '../06-errors/errors.ts';
import type { Account } from '../14-passwords/accounts.ts';
import { notLoggedIn, type WhoIs } from '../15-login/who.ts';
import { checkAccess, nameOf, type Access, type Role } from './roles.ts';

export type { Access } from './roles.ts';

/** The same routes, each behind its door. Throws an Error when table and routes do not fit. */
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

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

/** For handlers: may this account see what belongs to the one with the id `owner`? Staff may. */
export function maySee(account: Account | undefined, owner: number | undefined): boolean {
  return owner !== undefined && (account?.id === owner || account?.role === 'staff');
}

// Encoded for "?next=", an address can be three times as long.
const MAX_NEXT = 1_000;

const LOGGED_OUT =
  'You are not logged in any more, so nothing is saved. ' +
  'Please log in, go back to your form, and send it again.';

// A browser is led to the form, and from there back to where it wanted to go. A program gets an
// error, and so does a form that was sent too late.
function askToLogIn({ request, address }: Call): Reply {
  const { url = '', headers } = request;
  if (!wantsPage(headers.accept ?? '')) throw notLoggedIn();
  if (!['GET', 'HEAD'].includes(address.method)) throw notLoggedIn(LOGGED_OUT);
  const isOurs = url.startsWith('/') && url.length < MAX_NEXT;
  const next = isOurs ? `?next=${encodeURIComponent(url)}` : '';
  return redirect(`/login${next}`, 303, { vary: 'accept', 'cache-control': 'no-store' });
}

// What one person may see, neither a cache on the way nor the "back" button of the next one at the
// same computer may show again.
function keepPrivate(reply: Reply): Reply {
  return { ...reply, headers: { 'cache-control': 'no-store', ...reply.headers } };
}
