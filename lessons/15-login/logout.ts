// Lesson 15 · logout: the session ends on the server, and the cookie ends in the browser.
//
//   DELETE /api/session   cookie: sid=8Jp4…
//     ──►  204, set-cookie: sid=; … Max-Age=0      from now on, 8Jp4… opens nothing
//   DELETE /api/session?everywhere=yes
//     ──►  204, and all other devices of this account are logged out as well
//
// Ending the cookie alone would not be enough: a copy of the token would still open the session.

import { empty, type Reply } from '../02-reply/reply.ts';
import type { Call } from '../04-router/router.ts';
import { Refusal } from '../06-errors/errors.ts';
import { fields, oneOf, optional, validate } from '../08-validate/validate.ts';
import { NO_STORE, type Auth } from './auth.ts';
import { endCookie, readCookie } from './cookie.ts';

// A second logout finds what it wanted: 204 as well (RFC 9110, 9.2.2).
export async function logOut(auth: Auth, call: Call): Promise<Reply> {
  return empty(204, await leave(auth, call, Object.fromEntries(call.address.query)));
}

/**
 * Closes this session on the server, or with { everywhere: 'yes' } all sessions of the account.
 * Returns the headers that end the cookie. If the store fails, they go with the refusal.
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

const logoutRule = fields({ everywhere: optional(oneOf('yes', ''), '') });

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
