// Lesson 15 · who: whose request is this?
//
//   cookie: sid=8Jp4…  ──►  session { account: 7 }  ──►  account { id: 7, name: 'Ada', … }
//
// What the client says of itself ("I am number 7") is never asked: only its session is. The answer
// is kept with its request, so that handler and page may ask again what a layer before them has
// asked. Many frameworks write it onto the request (`req.user`); but then every handler depends on
// somebody having been there before, and says so nowhere.

import type { IncomingMessage } from 'node:http';
import { Refusal } from '../06-errors/errors.ts';
import type { Collection } from '../09-logic/storage.ts';
import type { Account } from '../14-passwords/accounts.ts';
import { readCookie, type CookieOptions } from './cookie.ts';
import type { Sessions } from './sessions.ts';

/** Undefined for a guest. */
export type WhoIs = (request: IncomingMessage) => Promise<Account | undefined>;

export function makeWhoIs(
  sessions: Sessions,
  accounts: Collection<Account>,
  options: CookieOptions = {},
): WhoIs {
  const answers = new WeakMap<IncomingMessage, Promise<Account | undefined>>();

  async function ask(request: IncomingMessage): Promise<Account | undefined> {
    const session = await sessions.find(readCookie(request, 'sid', options));
    return session && await accounts.get(session.account);
  }

  return (request) => {
    const answer = answers.get(request) ?? ask(request);
    answers.set(request, answer);
    return answer;
  };
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

// RFC 9110, 15.5.2: a 401 names a way to log in. "Session" is a name of our own: at a name that
// browsers know, such as "Basic", they would open a window of theirs and ask for a password there.
export const CHALLENGE = { 'www-authenticate': 'Session realm="cafe"' } as const;

export function notLoggedIn(sentence = HOW_TO_LOG_IN): Refusal {
  return new Refusal(401, sentence, { headers: CHALLENGE });
}

const HOW_TO_LOG_IN =
  'Please log in first: at /login, or by a POST of e-mail and password to /api/session.';
