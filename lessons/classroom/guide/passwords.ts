// Passwords: do they stay where they belong?
//
//   writeFile('accounts.json', '[{"email":"ada@…","password":"flatwhite42"}]')
//     ──►  'password-in-file'
//   console.log(account)          ──►  'password-in-log'
//   GET /login?password=…         ──►  'password-in-address'
//
// A password is known by the name of its field in the JSON that a client sends. It is remembered
// here in memory, and never told.

import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';
import { inspect } from 'node:util';
import { refusedThoughRight, showsHash, watchHashes } from './hashes.ts';
import type { Found, Look } from './look.ts';
import { entry, here, placeOf, type SourceLocation } from './place.ts';
import { findLine } from './source.ts';
import { tell } from './tell.ts';
import { currentVisit, type Visit } from './visit.ts';
import { wrap } from './wrap.ts';

const passwordName = /^(?:pass-?_?(?:word|wort|phrase)|pwd?)$/i;

/** Shorter ones may stand anywhere by accident. */
const shortest = 6;

// Records are read as JSON too, and what they hold is no password any more: only the body counts.
export function notePassword(visit: Visit, text: unknown, value: unknown): void {
  const length = Number(visit.request.headers['content-length']);
  if (Buffer.byteLength(String(text)) !== length) return;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  const [, password] = Object.entries(value).find(([name]) => passwordName.test(name)) ?? [];
  if (typeof password === 'string' && password.length >= shortest) visit.password = password;
}

export function watchPasswords(): void {
  watchHashes();
  watchWriting();
  for (const name of ['log', 'info', 'warn', 'error', 'debug']) wrap(console, name, lookingAtPrint);
  syncBuiltinESMExports();
}

function lookingAtPrint(print: (...given: any[]) => any) {
  return function (this: unknown, ...given: any[]) {
    lookAtPrinted(given);
    return print.apply(this, given);
  };
}

const writing = ['writeFile', 'writeFileSync', 'appendFile', 'appendFileSync'];

function watchWriting(): void {
  for (const name of writing) wrap(fs, name, lookingAtWrite);
  for (const name of ['writeFile', 'appendFile']) wrap(fs.promises, name, lookingAtWrite);
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

function lookingAtWrite(write: (...given: any[]) => any) {
  return function (this: unknown, ...given: any[]) {
    lookAtWritten(given[1], given[0]);
    return write.apply(this, given);
  };
}

function lookAtWritten(data: unknown, target: unknown): void {
  const visit = currentVisit();
  if (visit?.password === undefined || !holds(data, visit.password)) return;
  tell({
    code: 'password-in-file',
    what: `The password of ${visit.name} was written into ${nameOf(target)} as it came.`,
    why: 'Whoever gets to see that file has it, and people take one password for many doors.',
    try: 'Keep a slow hash with a salt: makePasswords().hash(password) of lesson 14.',
    lesson: 14,
  }, ownPlace(here()) ?? findLine(/\.(?:insert|update)\(/) ?? placeOf(here()), visit);
}

// A save that is swapped in writes accounts.json.new first.
function nameOf(target: unknown): string {
  if (typeof target !== 'string' && !(target instanceof URL)) return 'a file';
  return basename(String(target)).replace(/\.new$/, '');
}

function lookAtPrinted(given: unknown[]): void {
  const visit = currentVisit();
  if (visit === undefined) return;
  const { name, password } = visit;
  if (password === undefined || !given.some((value) => holds(asPrinted(value), password))) return;
  tell({
    code: 'password-in-log',
    what: `The password of ${name} was printed.`,
    why: 'What is printed becomes a log, which is kept for long and read by many.',
    try: 'Print what you need of it, such as the e-mail alone.',
    lesson: 14,
  }, placeOf(here()), visit);
}

function asPrinted(value: unknown): string {
  return typeof value === 'string' ? value : inspect(value);
}

/** As it is, or as JSON writes it. */
function holds(data: unknown, password: string): boolean {
  const text = data instanceof Uint8Array ? Buffer.from(data).toString() : data;
  if (typeof text !== 'string') return false;
  return text.includes(password) || text.includes(JSON.stringify(password).slice(1, -1));
}

/** The learner's own line, when the stack still knows it. */
function ownPlace(moment: Error): SourceLocation | undefined {
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
    why: 'Addresses are kept: by the browser, in logs, by every machine on the way. ' +
      'A form without a method asks by GET.',
    try: 'Write <form method="post">, and read it from the body.',
    lesson: 14,
  };
};

const inAnswer: Look = ({ visit, text }) => {
  if (visit.password !== undefined && holds(text, visit.password)) return passwordShown(visit);
  return showsHash(text) ? hashShown(visit) : undefined;
};

const pickFields = 'Pick the fields that the answer may show, one by one, ' +
  'instead of sending the whole record.';

function passwordShown({ name }: Visit): Found {
  return {
    code: 'password-in-answer',
    what: `The answer to ${name} shows the password.`,
    why: 'Who sent it knows it already, and all others on the way should not.',
    try: pickFields,
    lesson: 14,
  };
}

function hashShown({ name }: Visit): Found {
  return {
    code: 'password-in-answer',
    what: `The answer to ${name} shows a hash.`,
    why: 'With it, anybody can try passwords at home, as fast as they like, ' +
      'and you never see it.',
    try: pickFields,
    lesson: 14,
  };
}

export const passwordLooks: Look[] = [inAddress, inAnswer, refusedThoughRight];
