// Lesson 15 · login: e-mail and password, and the door opens, or it does not.
//
//   POST /api/session {"email":"ada@example.org","password":"flat white, no sugar"}
//     ──►  201, set-cookie: sid=8Jp4…        the password was right: here is your token
//     ──►  401                               the e-mail or the password is not right
//
// Both mistakes get the same sentence, after the same work. If "no such e-mail" were an answer of
// its own, or came sooner, anybody could find out who has an account here. Each login makes a new
// token and closes the one that came with it: an attacker may have planted that one.

import { json, type Reply } from '../02-reply/reply.ts';
import type { Call, Route } from '../04-router/router.ts';
import { Refusal } from '../06-errors/errors.ts';
import { readJson } from '../07-body/body.ts';
import { fields, line, validate, type Valid } from '../08-validate/validate.ts';
import { publicOf, type Account } from '../14-passwords/accounts.ts';
import { MAX_EMAIL, MAX_PASSWORD, secret } from '../14-passwords/rules.ts';
import { NO_STORE, type Auth } from './auth.ts';
import { cookie, readCookie } from './cookie.ts';
import { logOut } from './logout.ts';
import { CHALLENGE, notLoggedIn } from './who.ts';

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

async function showWho({ whoIs }: Auth, { request }: Call): Promise<Reply> {
  const account = await whoIs(request);
  if (!account) throw notLoggedIn();
  return json(200, publicOf(account), NO_STORE);
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

// Any text may be tried: the rules for a good password are only for a new one.
export const loginRules = { email: line(1, MAX_EMAIL), password: secret(1, MAX_PASSWORD) };
const loginRule = fields(loginRules);
type Login = Valid<typeof loginRule>;

export const WRONG_LOGIN = 'The e-mail or the password is not right.';
