// Passwords: do they stay where they belong, and are they known again?
//
//   writeFile('accounts.json', '[{"email":"ada@…","password":"flatwhite42"}]')  ──►  'password-in-file'
//   scrypt(password, a new salt) at the login, and then 401                     ──►  'fresh-salt'
//
// A password is known by the name of its field in the JSON that a client sends; a hash by the
// function that made it. Both are remembered here in memory, and never told.

import crypto, { createHash } from 'node:crypto';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';
import { inspect } from 'node:util';
import type { Look } from './look.ts';
import { entry, here, placeOf, type Place } from './place.ts';
import { findLine } from './source.ts';
import { tell, type Slip } from './tell.ts';
import { currentVisit, type Visit } from './visit.ts';
import { wrap } from './wrap.ts';

const passwordName = /^(?:pass-?_?(?:word|wort|phrase)|pwd?)$/i;

/** Shorter ones may stand anywhere by accident. */
const shortest = 6;

/** What came out of a slow hash lately; of the password only a fingerprint. */
type Made = { visit: Visit | undefined; password: string; key: Buffer; isFresh: boolean; at: Error };
const made: Made[] = [];
const most = 100;

/** Random bytes of a visit, as they may become a salt. */
const random = new WeakMap<Visit, string[]>();

let running = 0;

/** Node does not count a hash among what is under way. */
export function isHashing(): boolean {
  return running > 0;
}

// Records are read as JSON too, and what they hold is no password any more: only the body counts.
export function notePassword(visit: Visit, text: unknown, value: unknown): void {
  const isBody = Buffer.byteLength(String(text)) === Number(visit.request.headers['content-length']);
  if (!isBody || typeof value !== 'object' || value === null || Array.isArray(value)) return;
  const [, password] = Object.entries(value).find(([name]) => passwordName.test(name)) ?? [];
  if (typeof password === 'string' && password.length >= shortest) visit.password = password;
}

export function watchPasswords(): void {
  for (const name of ['scryptSync', 'pbkdf2Sync']) wrap(crypto, name, (hash) => function (...given) {
    const key = hash.apply(this, given);
    note(given, key, here());
    return key;
  });
  for (const name of ['scrypt', 'pbkdf2']) wrap(crypto, name, watchHash);
  wrap(crypto, 'randomBytes', (make) => function (...given) {
    const bytes = make.apply(this, given);
    if (Buffer.isBuffer(bytes)) noteRandom(bytes.toString('hex'), bytes.toString('base64'), bytes.toString('base64url'));
    return bytes;
  });
  wrap(crypto, 'randomUUID', (make) => function (...given) {
    const text = make.apply(this, given);
    noteRandom(text);
    return text;
  });
  watchWriting();
  for (const name of ['log', 'info', 'warn', 'error', 'debug']) wrap(console, name, (print) => function (...given) {
    lookAtPrinted(given);
    return print.apply(this, given);
  });
  syncBuiltinESMExports();
}

// promisify() looks for more on the function than its name; what it finds there is kept.
function watchHash(hash: (...given: any[]) => any) {
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

// ── where a password should not go ──

function watchWriting(): void {
  const looking = (write: (...given: any[]) => any) => function (this: unknown, ...given: any[]) {
    lookAtWritten(given[1], given[0]);
    return write.apply(this, given);
  };
  for (const name of ['writeFile', 'writeFileSync', 'appendFile', 'appendFileSync']) wrap(fs, name, looking);
  for (const name of ['writeFile', 'appendFile']) wrap(fs.promises, name, looking);
  wrap(fs.promises, 'open', (open) => async function (this: unknown, ...given: any[]) {
    const handle = await open.apply(this, given);
    const { writeFile } = handle;
    handle.writeFile = (data: unknown, ...more: unknown[]) => {
      lookAtWritten(data, given[0]);
      return writeFile.call(handle, data, ...more);
    };
    return handle;
  });
}

function lookAtWritten(data: unknown, target: unknown): void {
  const visit = currentVisit();
  if (visit?.password === undefined || !holds(data, visit.password)) return;
  const name = typeof target === 'string' || target instanceof URL ? basename(String(target)).replace(/\.new$/, '') : 'a file';
  tell({
    code: 'password-in-file',
    what: `The password of ${visit.name} was written into ${name} as it came.`,
    why: 'Whoever gets to see that file has it, and people take one password for many doors.',
    try: 'Keep a slow hash with a salt: makePasswords().hash(password) of lesson 14.',
    lesson: 14,
  }, ownPlace(here()) ?? findLine(/\.(?:insert|update)\(/) ?? placeOf(here()), visit);
}

function lookAtPrinted(given: unknown[]): void {
  const visit = currentVisit();
  if (visit?.password === undefined || !given.some((value) => holds(typeof value === 'string' ? value : inspect(value), visit.password!))) return;
  tell({
    code: 'password-in-log',
    what: `The password of ${visit.name} was printed.`,
    why: 'What is printed becomes a log, which is kept for long and read by many.',
    try: 'Print what you need of it, such as the e-mail alone.',
    lesson: 14,
  }, placeOf(here()), visit);
}

function holds(data: unknown, password: string): boolean {
  const text = typeof data === 'string' ? data : data instanceof Uint8Array ? Buffer.from(data).toString() : '';
  return text.includes(password) || text.includes(JSON.stringify(password).slice(1, -1));
}

/** The learner's own line, when the stack still knows it. */
function ownPlace(moment: Error): Place | undefined {
  const place = placeOf(moment);
  return place?.file === entry() ? place : undefined;
}

const inAddress: Look = ({ visit }) => {
  const query = new URLSearchParams(visit.url.split('?')[1]);
  const name = [...query.keys()].find((key) => passwordName.test(key));
  if (name === undefined || query.get(name) === '') return undefined;
  visit.name = visit.name.replace(/\?.*/, '?…'); // What is told is printed as well.
  return {
    code: 'password-in-address', at: findLine(/<form\b(?![^>]*method)/i),
    what: `A password came in the address of a request, behind "?" and "${name}=".`,
    why: 'Addresses are kept: by the browser, in logs, by every machine on the way. A form without a method asks by GET.',
    try: 'Write <form method="post">, and read it from the body.',
    lesson: 14,
  };
};

const inAnswer: Look = ({ visit, text }) => {
  const shows = (what: string): Slip => ({
    code: 'password-in-answer',
    what: `The answer to ${visit.name} shows ${what}.`,
    why: what === 'a hash' ? 'With it, anybody can try passwords at home, as fast as they like, and you never see it.' : 'Who sent it knows it already, and all others on the way should not.',
    try: 'Pick the fields that the answer may show, one by one, instead of sending the whole record.',
    lesson: 14,
  });
  if (visit.password !== undefined && holds(text, visit.password)) return shows('the password');
  const isShown = made.some(({ key }) => key.length >= 16 && [key.toString('hex'), key.toString('base64').replace(/=+$/, ''), key.toString('base64url')].some((form) => text.includes(form)));
  return isShown ? shows('a hash') : undefined;
};

// The same password was hashed before, in another visit; now it was hashed again, and refused.
const refusedThoughRight: Look = ({ visit, status }) => {
  const now = made.findLast((one) => one.visit === visit);
  if ((status !== 401 && status !== 403) || now === undefined) return undefined;
  const before = made.filter((one) => one.visit !== visit && one.password === now.password);
  if (before.some(({ key }) => key.equals(now.key))) return {
    code: 'equal-hashes-refused', at: findLine(/[=!]==?\s*(?:\w+\.)*scrypt|scrypt\w*\(.*\)\s*[=!]==?|\b(?:hash|key|again)\w*\s*[=!]==?/i) ?? placeOf(now.at),
    what: `${visit.name} was refused, though its password gave the same hash as before.`,
    why: 'Perhaps this line is why: "===" between two buffers asks whether they are one and the same, and not whether their bytes are equal.',
    try: 'Compare with timingSafeEqual(one, other), which wants two buffers of one length.',
    lesson: 14,
  };
  return !now.isFresh || before.length === 0 ? undefined : {
    code: 'fresh-salt', at: placeOf(now.at),
    what: `${visit.name} hashed the password with a new salt, and was refused.`,
    why: 'Perhaps that is why: the same password with another salt gives another hash, and never the one that is stored.',
    try: 'Keep the salt beside the hash, and hash with that one when somebody logs in.',
    lesson: 14,
  };
};

export const passwordLooks: Look[] = [inAddress, inAnswer, refusedThoughRight];
