// Lesson 15 · login: e-mail and password, and the door opens, or it does not.
//
//   POST /api/session {"email":"ada@example.org","password":"flat white, no sugar"}
//     ──►  201, set-cookie: sid=8Jp4…        the password was right: here is your token
//     ──►  401                               the e-mail or the password is not right
//
// One sentence for both mistakes, and the same work before it: if "no such e-mail" came, or came
// sooner, anybody could find out who has an account here. Each login makes a new token, and the
// one that came with it is closed: it may have been put there by somebody who knows it.

import { empty, json, type Reply } from '../02-reply/reply.ts';
import type { Call, Route } from '../04-router/router.ts';
import { Refusal } from '../06-errors/errors.ts';
import { readJson } from '../07-body/body.ts';
import { fields, line, optional, oneOf, validate, type Valid } from '../08-validate/validate.ts';
import { publicOf, type Account } from '../14-passwords/accounts.ts';
import { MAX_EMAIL, MAX_PASSWORD, secret } from '../14-passwords/rules.ts';
import { cookie, endCookie, readCookie } from './cookie.ts';
import type { Sessions } from './sessions.ts';
import { CHALLENGE, notLoggedIn, type WhoIs } from './who.ts';

export function sessionRoutes(auth: Auth): Route[] {
  return [
    { method: 'POST', pattern: '/api/session', handler: (call) => logIn(auth, call) },
    { method: 'GET', pattern: '/api/session', handler: (call) => showWho(auth, call) },
    { method: 'DELETE', pattern: '/api/session', handler: (call) => logOut(auth, call) },
  ];
}

async function logIn(auth: Auth, call: Call): Promise<Reply> {
  const fields = validate(loginRule, await readJson(call.request)); // request
  const entered = await enter(auth, call, fields);                  // logic, storage
  if (!entered) throw new Refusal(401, WRONG_LOGIN, { headers: CHALLENGE });
  return json(201, publicOf(entered.account), entered.headers);     // response
}

/** Undefined when the password is not right. */
export async function enter(auth: Auth, call: Call, { email, password }: Login) {
  const address = call.request.socket.remoteAddress ?? '';
  const account = await auth.checkPassword(email, password, address);
  return account && { account, headers: await letIn(auth, call, account) };
}

/** Opens a session for this account. The headers bring its token to the browser. */
export async function letIn({ sessions, secure }: Auth, { request }: Call, account: Account) {
  const token = await sessions.open(account.id);
  await sessions.close(readCookie(request, 'sid', { secure }));
  const ticket = cookie('sid', token, { secure, maxAge: sessions.maxAge });
  return { 'set-cookie': ticket, ...NO_STORE };
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

/** What every way in and out needs. `secure`: browsers reach us by https. */
export type Auth = {
  checkPassword: CheckPassword;
  sessions: Sessions;
  whoIs: WhoIs;
  secure?: boolean;
};

/** Undefined for e-mail and password that do not match. `address`: where the request came from. */
export type CheckPassword = (
  email: string,
  password: string,
  address: string,
) => Promise<Account | undefined>;

// Any text may be tried: what a password must be like is told to those who choose one.
export const loginRules = { email: line(1, MAX_EMAIL), password: secret(1, MAX_PASSWORD) };
const loginRule = fields(loginRules);
type Login = Valid<typeof loginRule>;

const logoutRule = fields({ everywhere: optional(oneOf('yes', ''), '') });

export const WRONG_LOGIN = 'The e-mail or the password is not right.';
export const NO_STORE = { 'cache-control': 'no-store' } as const;

async function showWho({ whoIs }: Auth, { request }: Call): Promise<Reply> {
  const account = await whoIs(request);
  if (!account) throw notLoggedIn();
  return json(200, publicOf(account), NO_STORE);
}

// Whoever is logged out already gets what was wanted: 204 (RFC 9110, 9.2.2).
async function logOut(auth: Auth, call: Call): Promise<Reply> {
  return empty(204, await leave(auth, call, Object.fromEntries(call.address.query)));
}

/**
 * Closes the session on the server, or with { everywhere: 'yes' } all of the account; returns the
 * headers that end the cookie. They come with the refusal, too, when the store fails.
 */
export async function leave(auth: Auth, call: Call, wanted: Record<string, string>) {
  const { everywhere } = validate(logoutRule, wanted, 400);
  const headers = { 'set-cookie': endCookie('sid', { secure: auth.secure }), ...NO_STORE };
  try {
    await closeSessions(auth, call, everywhere);
  } catch (cause) {
    throw new Refusal(503, STILL_OPEN, { headers, cause });
  }
  return headers;
}

const STILL_OPEN = 'You are logged out in this browser. But the server could not store that: ' +
  'your session there ends after 30 minutes without a request.';

async function closeSessions(
  { whoIs, sessions, secure }: Auth,
  { request }: Call,
  everywhere: string,
): Promise<void> {
  const account = everywhere ? await whoIs(request) : undefined;
  if (account) await sessions.closeAll(account.id);
  await sessions.close(readCookie(request, 'sid', { secure }));
}
