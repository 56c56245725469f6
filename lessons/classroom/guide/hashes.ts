// Slow hashes: which ones were made for a request, and was a right password refused all the same?
//
//   scrypt(password, a new salt) at the login, and then 401   ──►  'fresh-salt'
//   scrypt(password, its own salt), the same hash, and 401    ──►  'equal-hashes-refused'
//
// What a hash was made of is remembered here in memory, the password as a fingerprint only.

import crypto, { createHash } from 'node:crypto';
import type { Found, Look } from './look.ts';
import { here, placeOf } from './place.ts';
import { findLine } from './source.ts';
import { currentVisit, type Visit } from './visit.ts';
import { wrap } from './wrap.ts';

/** What came out of a slow hash lately; of the password only a fingerprint. */
type Made = {
  visit: Visit | undefined;
  password: string;
  key: Buffer;
  isFresh: boolean;
  at: Error;
};
const made: Made[] = [];
const most = 100;

/** Random bytes of a visit, as they may become a salt. */
const random = new WeakMap<Visit, string[]>();

let running = 0;

/** Node does not count a hash among what is under way. */
export function isHashing(): boolean {
  return running > 0;
}

export function watchHashes(): void {
  for (const name of ['scryptSync', 'pbkdf2Sync']) wrap(crypto, name, notingKey);
  for (const name of ['scrypt', 'pbkdf2']) wrap(crypto, name, notingLateKey);
  wrap(crypto, 'randomBytes', (make) => function (...given) {
    const bytes = make.apply(this, given);
    if (Buffer.isBuffer(bytes)) noteRandom(...formsOf(bytes));
    return bytes;
  });
  wrap(crypto, 'randomUUID', (make) => function (...given) {
    const text = make.apply(this, given);
    noteRandom(text);
    return text;
  });
}

function notingKey(hash: (...given: any[]) => any) {
  return function (this: unknown, ...given: any[]) {
    const key = hash.apply(this, given);
    note(given, key, here());
    return key;
  };
}

// promisify() looks for more on the function than its name; what it finds there is kept.
function notingLateKey(hash: (...given: any[]) => any) {
  return Object.assign(function (this: unknown, ...given: any[]) {
    const done = given.at(-1);
    if (typeof done !== 'function') return hash.apply(this, given);
    const moment = here();
    const result = hash.apply(this, [...given.slice(0, -1), (error: unknown, key: Buffer) => {
      running -= 1;
      if (!error) note(given, key, moment);
      done(error, key);
    }]);
    running += 1; // Not before: it may have thrown.
    return result;
  }, hash);
}

function note([password, salt]: unknown[], key: Buffer, at: Error): void {
  const visit = currentVisit();
  const text = Buffer.isBuffer(salt) ? salt.toString('hex') : String(salt);
  const isFresh = visit !== undefined && (random.get(visit) ?? []).includes(text);
  made.push({ visit, password: fingerprint(password), key, isFresh, at });
  if (made.length > most) made.shift();
}

function fingerprint(password: unknown): string {
  return createHash('sha256').update(String(password)).digest('hex');
}

function noteRandom(...forms: string[]): void {
  const visit = currentVisit();
  if (visit) random.set(visit, [...(random.get(visit) ?? []), ...forms]);
}

function formsOf(bytes: Buffer): string[] {
  return [bytes.toString('hex'), bytes.toString('base64'), bytes.toString('base64url')];
}

/** Does the text show one of the hashes, in hex or in one of the forms of base64? */
export function showsHash(text: string): boolean {
  const long = made.filter(({ key }) => key.length >= 16);
  const forms = long.flatMap(({ key }) => formsOf(key));
  return forms.some((form) => text.includes(form.replace(/=+$/, '')));
}

// The same password was hashed before, in another visit; now it was hashed again, and refused.
export const refusedThoughRight: Look = ({ visit, status }) => {
  const now = made.findLast((one) => one.visit === visit);
  if ((status !== 401 && status !== 403) || now === undefined) return undefined;
  const before = made.filter((one) => one.visit !== visit && one.password === now.password);
  if (before.some(({ key }) => key.equals(now.key))) return equalHashes(visit.name, now);
  return now.isFresh && before.length > 0 ? freshSalt(visit.name, now) : undefined;
};

const comparison =
  /[=!]==?\s*(?:\w+\.)*scrypt|scrypt\w*\(.*\)\s*[=!]==?|\b(?:hash|key|again)\w*\s*[=!]==?/i;

function equalHashes(name: string, { at }: Made): Found {
  return {
    code: 'equal-hashes-refused', at: findLine(comparison) ?? placeOf(at),
    what: `${name} was refused, though its password gave the same hash as before.`,
    why: 'Perhaps this line is why: "===" between two buffers asks whether they are ' +
      'one and the same, and not whether their bytes are equal.',
    try: 'Compare with timingSafeEqual(one, other), which wants two buffers of one length.',
    lesson: 14,
  };
}

function freshSalt(name: string, { at }: Made): Found {
  return {
    code: 'fresh-salt', at: placeOf(at),
    what: `${name} hashed the password with a new salt, and was refused.`,
    why: 'Perhaps that is why: the same password with another salt gives another hash, ' +
      'and never the one that is stored.',
    try: 'Keep the salt beside the hash, and hash with that one when somebody logs in.',
    lesson: 14,
  };
}
