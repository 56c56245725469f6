// Lesson 15 · who: whose request is this?
//
//   cookie: sid=8Jp4…  ──►  session { account: 7 }  ──►  account { id: 7, name: 'Ada', … }
//
// A client can say "I am number 7", and we never believe it: only its session counts. The answer is
// remembered for the request, so that a layer, the handler and the page can all ask, and the store
// is read once. Many frameworks write it onto the request instead (`req.user`). Then every handler
// depends on a layer that ran before it, and its code does not say so.

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

// RFC 9110, 15.5.2: a 401 names a way to log in. "Session" is a name of our own. At a name that
// browsers know, such as "Basic", they would ask for a password in a window of their own.
export const CHALLENGE = { 'www-authenticate': 'Session realm="cafe"' } as const;

export function notLoggedIn(sentence = HOW_TO_LOG_IN): Refusal {
  return new Refusal(401, sentence, { headers: CHALLENGE });
}

const HOW_TO_LOG_IN =
  'Please log in first: at /login, or with a POST of e-mail and password to /api/session.';
