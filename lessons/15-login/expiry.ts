// Lesson 15 · expiry: what a session remembers of time, and how an old one leaves the store.
//
//   { account: 7, opened: 12:00, seen: 12:00 }
//     a request at 12:10     ──►  seen: 12:10, so it is good until 12:40
//     no request until 12:40 ──►  over; one of the next logins removes it
//
// Without that the store would only grow: most expired sessions are never asked for again, so
// `find` never meets them.

import type { Collection, Stored } from '../09-logic/storage.ts';

/** Times in milliseconds since 1970. `account` is the id of its owner. */
export type Session = Stored & { hash: string; account: number; opened: number; seen: number };

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

const MAX_PER_ACCOUNT = 20;

// Once a minute is enough, because every save is a disk write. A save can fail: two requests may
// come at once, or the disk may be full. Then the session only ends sooner, and the request is
// answered all the same.
export function noteSeen(
  stored: Collection<Session>,
  session: Session,
  now: number,
): Session | Promise<Session> {
  if (now - session.seen < MINUTE) return session;
  const { id, version, ...fields } = session;
  return stored.update(id, version, { ...fields, seen: now }).then(() => session, () => session);
}

// A few of the oldest at each login: more go than come, and no login pays for all of them.
export async function removeExpired(
  stored: Collection<Session>,
  account: number,
  isExpired: (session: Session) => boolean,
): Promise<void> {
  const { records: oldest } = await stored.list({ limit: 5 });
  const own = await stored.find('account', account);
  await removeAll(stored, [...oldest.filter(isExpired), ...own.slice(0, -MAX_PER_ACCOUNT)]);
}

export async function removeAll(stored: Collection<Session>, sessions: Session[]): Promise<void> {
  for (const { id } of sessions) await stored.remove(id);
}
