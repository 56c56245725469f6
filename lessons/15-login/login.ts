// Lesson 15 · login: e-mail and password, and the door opens, or it does not.
//
//   POST /api/session {"email":"ada@example.org","password":"flat white, no sugar"}
//     ──►  201, set-cookie: sid=8Jp4…        the password was right: here is your number
//     ──►  401                               the e-mail or the password is not right
//
// One sentence for both mistakes, and the same work before it: if "no such e-mail" came, or came
// sooner, anybody could find out who has an account here. Each login makes a new number, and the
// one that came with it is closed: it may have been put there by somebody who knows it.

import { empty, json, type Reply } from '../02-reply/reply.ts';
import type { Call, Route } from '../04-router/router.ts';
import { Refusal } from '../06-errors/errors.ts';
import { readJson } from '../07-body/body.ts';
import { fields, line, optional, oneOf, validate, type Valid } from '../08-validate/validate.ts';
import { publicOf, type Account } from '../14-passwords/accounts.ts';
import { LONGEST_EMAIL, LONGEST_PASSWORD, secret } from '../14-passwords/rules.ts';
import { cookie, endCookie, readCookie } from './cookie.ts';
import type { Sessions } from './sessions.ts';
import { CHALLENGE, notLoggedIn, type WhoIs } from './who.ts';

export function sessionRoutes(door: Door): Route[] {
  return [
    { method: 'POST', pattern: '/api/session', handler: (call) => logIn(door, call) },
    { method: 'GET', pattern: '/api/session', handler: (call) => showWho(door, call) },
    { method: 'DELETE', pattern: '/api/session', handler: (call) => logOut(door, call) },
  ];
}

async function logIn(door: Door, call: Call): Promise<Reply> {
  const fields = validate(loginRule, await readJson(call.request)); // request
  const entered = await enter(door, call, fields);                  // logic, storage
  if (!entered) throw new Refusal(401, WRONG, { headers: CHALLENGE });
  return json(201, publicOf(entered.account), entered.headers);     // response
}

/** Undefined when the password is not right. */
export async function enter(door: Door, call: Call, { email, password }: Login) {
  const address = call.request.socket.remoteAddress ?? '';
  const account = await door.checkPassword(email, password, address);
  return account && { account, headers: await letIn(door, call, account) };
}

/** Opens a session for this account. The headers bring its number to the browser. */
export async function letIn({ sessions, secure }: Door, { request }: Call, account: Account) {
  const number = await sessions.open(account.id);
  await sessions.close(readCookie(request, 'sid', { secure }));
  const ticket = cookie('sid', number, { secure, maxAge: sessions.maxAge });
  return { 'set-cookie': ticket, ...UNCACHED };
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

/** What every way in and out needs. `secure`: browsers reach us by https. */
export type Door = {
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
export const login = { email: line(1, LONGEST_EMAIL), password: secret(1, LONGEST_PASSWORD) };
const loginRule = fields(login);
type Login = Valid<typeof loginRule>;

const logoutRule = fields({ everywhere: optional(oneOf('yes', ''), '') });

export const WRONG = 'The e-mail or the password is not right.';
export const UNCACHED = { 'cache-control': 'no-store' } as const;

async function showWho({ whoIs }: Door, { request }: Call): Promise<Reply> {
  const account = await whoIs(request);
  if (!account) throw notLoggedIn();
  return json(200, publicOf(account), UNCACHED);
}

// Whoever is logged out already gets what was wanted: 204 (RFC 9110, 9.2.2).
async function logOut(door: Door, call: Call): Promise<Reply> {
  return empty(204, await leave(door, call, Object.fromEntries(call.address.query)));
}

/**
 * Closes the session on the server, or with { everywhere: 'yes' } all of the account; returns the
 * headers that end the cookie. They come with the refusal, too, when the store fails.
 */
export async function leave(door: Door, call: Call, wanted: Record<string, string>) {
  const { everywhere } = validate(logoutRule, wanted, 400);
  const headers = { 'set-cookie': endCookie('sid', { secure: door.secure }), ...UNCACHED };
  try {
    await closeSessions(door, call, everywhere);
  } catch (cause) {
    throw new Refusal(503, STILL_OPEN, { headers, cause });
  }
  return headers;
}

const STILL_OPEN = 'You are logged out in this browser. But the server could not store that: ' +
  'your session there ends after 30 minutes without a request.';

async function closeSessions(
  { whoIs, sessions, secure }: Door,
  { request }: Call,
  everywhere: string,
): Promise<void> {
  const account = everywhere ? await whoIs(request) : undefined;
  if (account) await sessions.closeAll(account.id);
  await sessions.close(readCookie(request, 'sid', { secure }));
}
