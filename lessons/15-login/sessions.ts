// Lesson 15 · sessions: who is logged in, known on the server.
//
//   open(7)        ──►  '8Jp4…'                       to the browser, and stored nowhere else
//                       { hash: 'kq0V…', account: 7, opened: 12:00, seen: 12:00 }   to the store
//   find('8Jp4…')  ──►  { account: 7, … }             or undefined: unknown, or too old
//
// The browser holds a long random token, and the server knows whose it is. The stored file holds
// only hashes, and a hash opens nothing. A fast hash is enough: passwords can be guessed, but 256
// random bits cannot. The other way is to sign the state and give all of it to the browser
// (lesson 23): then nothing has to be stored, and nothing can be taken back.

import { hash, randomBytes } from 'node:crypto';
import type { Collection, CollectionOptions } from '../09-logic/storage.ts';
import { HOUR, MINUTE, noteSeen, removeAll, removeExpired, type Session } from './expiry.ts';

export type { Session } from './expiry.ts';

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
    await stored.remove(session.id).catch(() => false); // Over, even where the disk is full.
    return undefined;
  }

  async function close(token: string | undefined): Promise<void> {
    const [session] = await lookUp(stored, token);
    if (session) await stored.remove(session.id);
  }

  async function closeAll(account: number): Promise<void> {
    await removeAll(stored, await stored.find('account', account));
  }

  return { open, find, close, closeAll, maxAge: Math.floor(absolute / 1000) };
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

export type Sessions = {
  open(account: number): Promise<string>;
  find(token: string | undefined): Promise<Session | undefined>;
  close(token: string | undefined): Promise<void>;
  closeAll(account: number): Promise<void>;
  /** For the cookie, in seconds: no session lives longer. */
  maxAge: number;
};

/** In milliseconds. `idle`: so long without a request. `absolute`: so long in any case. */
export type SessionTimes = { now?: () => number; idle?: number; absolute?: number };

export const sessionOptions: CollectionOptions<Session> = {
  unique: ['hash'],
  indexes: ['account'],
};

async function lookUp(stored: Collection<Session>, token: string | undefined): Promise<Session[]> {
  return token === undefined ? [] : stored.find('hash', hashOf(token));
}

function hashOf(token: string): string {
  return hash('sha256', token, 'base64url');
}
