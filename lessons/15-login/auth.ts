// Lesson 15 · auth: what every login and logout needs, put together once, in the wiring.
//
//   const auth = { checkPassword, sessions, whoIs, secure: true }
//   sessionRoutes(auth)      the login for programs
//   loginPages(auth, show)   the login for people
//
// The password check arrives as a function. So a test, or another lesson, can pass in its own.

import type { Account } from '../14-passwords/accounts.ts';
import type { Sessions } from './sessions.ts';
import type { WhoIs } from './who.ts';

/** `secure`: browsers reach us by https. */
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

/** For answers that say who somebody is: no cache may keep them. */
export const NO_STORE = { 'cache-control': 'no-store' } as const;
