// Lesson 15 · sessions: who is logged in, known on the server.
//
//   open(7)        ──►  '8Jp4…'                       to the browser, and kept nowhere else
//                       { hash: 'kq0V…', account: 7, opened: 12:00, seen: 12:00 }   to the store
//   find('8Jp4…')  ──►  { account: 7, … }             or undefined: unknown, or too old
//
// The browser holds a long random token, the server knows whose it is. Whoever reads the stored
// file finds hashes, and a hash opens nothing. A fast hash is enough: nobody guesses 256 random
// bits, as they do passwords. The state could also be signed and given to the browser whole
// (lesson 23); then nothing has to be stored, and nothing can be taken back.

import { hash, randomBytes } from 'node:crypto';
import type { Collection, CollectionOptions, Stored } from '../09-logic/storage.ts';

/** Times in milliseconds since 1970. `account` is the id of its owner. */
export type Session = Stored & { hash: string; account: number; opened: number; seen: number };

export function makeSessions(
  stored: Collection<Session>,
  { now = Date.now, idle = 30 * MINUTE, absolute = 12 * HOUR }: SessionTimes = {},
): Sessions {
  const isExpired = ({ opened, seen }: Session) => {
    return now() - seen >= idle || now() - opened >= absolute;
  };

  async function open(account: number): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    await stored.insert({ hash: hashOf(token), account, opened: now(), seen: now() });
    await removeExpired(stored, account, isExpired);
    return token;
  }

  async function find(token: string | undefined): Promise<Session | undefined> {
    const [session] = await lookUp(stored, token);
    if (!session) return undefined;
    if (!isExpired(session)) return noteSeen(stored, session, now());
    await stored.remove(session.id);
    return undefined;
  }

  // On the server: a logout that only takes the cookie away leaves a token that still opens.
  async function close(token: string | undefined): Promise<void> {
    const [session] = await lookUp(stored, token);
    if (session) await stored.remove(session.id);
  }

  async function closeAll(account: number): Promise<void> {
    await removeAll(stored, await stored.find('account', account));
  }

  return { open, find, close, closeAll, maxAge: Math.floor(absolute / 1000) };
}

function hashOf(token: string): string {
  return hash('sha256', token, 'base64url');
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

export type Sessions = {
  /** A new token for this account, for the browser alone. */
  open(account: number): Promise<string>;
  /** Undefined for a token that is unknown, or too old. */
  find(token: string | undefined): Promise<Session | undefined>;
  /** Logs out here; an unknown token is closed already. */
  close(token: string | undefined): Promise<void>;
  /** Logs out everywhere. */
  closeAll(account: number): Promise<void>;
  /** For the cookie, in seconds: no session lives longer. */
  maxAge: number;
};

/** In milliseconds. `idle`: so long without a request. `absolute`: so long in any case. */
export type SessionTimes = { now?: () => number; idle?: number; absolute?: number };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export const sessionOptions: CollectionOptions<Session> = {
  unique: ['hash'],
  indexes: ['account'],
};

/** The one with this token, or none. */
function lookUp(
  stored: Collection<Session>,
  token: string | undefined,
): Session[] | Promise<Session[]> {
  return token === undefined ? [] : stored.find('hash', hashOf(token));
}

// Once a minute is often enough, for each save costs a write to the disk. If it fails, because two
// requests came at once or because the disk is full, the session only ends the sooner: whoever
// just wants to read need not suffer.
function noteSeen(
  stored: Collection<Session>,
  session: Session,
  now: number,
): Session | Promise<Session> {
  if (now - session.seen < MINUTE) return session;
  const { id, version, ...fields } = session;
  return stored.update(id, version, { ...fields, seen: now }).then(() => session, () => session);
}

const MAX_PER_ACCOUNT = 20;

// Nobody asks any more for most of those that are over, so nobody would find them to be so. Each
// new one takes away some of the oldest: more go than come, and no login pays for all.
async function removeExpired(
  stored: Collection<Session>,
  account: number,
  isExpired: (session: Session) => boolean,
): Promise<void> {
  const { records: oldest } = await stored.list({ limit: 5 });
  const own = await stored.find('account', account);
  await removeAll(stored, [...oldest.filter(isExpired), ...own.slice(0, -MAX_PER_ACCOUNT)]);
}

async function removeAll(stored: Collection<Session>, sessions: Session[]): Promise<void> {
  for (const { id } of sessions) await stored.remove(id);
}
