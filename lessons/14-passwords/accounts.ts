// Lesson 14 · accounts: who is a guest of this house?
//
//   openAccount(accounts, passwords, { email: 'Ada@example.org', name: 'Ada', password: 'flat white, no sugar' })
//     ──►  stored   { id: 1, email: 'ada@example.org', name: 'Ada', role: 'customer', password: '$scrypt$…', version: 1 }
//     ──►  shown    { id: 1, email: 'ada@example.org', name: 'Ada', role: 'customer' }
//
// What is shown is picked, field by field. Taking the password out of a copy ("delete") looks the
// same today, and shows the next secret field that somebody adds.

import { Refusal } from '../06-errors/errors.ts';
import { fields, line, wrong, type Rule, type Valid } from '../08-validate/validate.ts';
import { Conflict, type Collection, type CollectionOptions, type Stored } from '../09-logic/storage.ts';
import type { Passwords } from './password.ts';

/** `password` is what password.ts makes of it, never the password itself. */
export type Account = Stored & { email: string; name: string; role: 'customer' | 'staff'; password: string };

export const accountOptions: CollectionOptions<Account> = { unique: ['email'] };

/** What a guest may say. The role is not among it, so nobody makes himself a waiter. */
export const newAccount = fields({ email, name: line(1, 60), password: newPassword });
export type NewAccount = Valid<typeof newAccount>;

/** Refuses an e-mail that has an account (409). */
export async function openAccount(accounts: Collection<Account>, passwords: Passwords, { email, name, password }: NewAccount, role: Account['role'] = 'customer'): Promise<Account> {
  const hash = await passwords.hash(password);
  return accounts.insert({ email, name, role, password: hash }).catch(refuseTaken);
}

/** What may leave the server. */
export function publicOf({ id, email, name, role }: Account): Pick<Account, 'id' | 'email' | 'name' | 'role'> {
  return { id, email, name, role };
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

/** Gives a function that finds whose e-mail and password these are, if they are anybody's. */
export function checkLogin(accounts: Collection<Account>, passwords: Passwords) {
  return async (email: string, password: string): Promise<Account | undefined> => {
    const account = await findByEmail(accounts, email);
    // One hash in any case: an answer that comes sooner would tell who has an account here.
    const isRight = await passwords.check(password, account?.password);
    return account && isRight ? refresh(accounts, passwords, account, password) : undefined;
  };
}

// Only at a login do we have the password, and can hash it at the cost of today.
async function refresh(accounts: Collection<Account>, passwords: Passwords, account: Account, password: string): Promise<Account> {
  if (!passwords.isOutdated(account.password)) return account;
  try {
    const { id, version, ...rest } = account;
    return await accounts.update(id, version, { ...rest, password: await passwords.hash(password) });
  } catch (error) {
    // Changed meanwhile, or too many in the queue: the login is right all the same, and the next one tries again.
    if (error instanceof Conflict || error instanceof Refusal) return account;
    throw error;
  }
}

/** However it is written: small and capital letters count as the same, and so do spaces around it. */
export async function findByEmail(accounts: Collection<Account>, email: string): Promise<Account | undefined> {
  const [account] = await accounts.find('email', sameForm(email));
  return account;
}

function sameForm(email: string): string {
  return email.trim().toLowerCase();
}

function refuseTaken(error: unknown): never {
  throw error instanceof Conflict && error.reason === 'taken' ? new Refusal(409, 'There is an account with this e-mail already. Take another one.') : error;
}

// The form that browsers check in a field for e-mail (HTML standard, "valid e-mail address").
function email(value: unknown, name: string, errors: Parameters<Rule<string>>[2]): string {
  const address = typeof value === 'string' ? value.trim() : '';
  const fits = address.length <= 254 && EMAIL.test(address);
  return fits ? sameForm(address) : wrong(errors, name, 'an e-mail address, such as ada@example.org', value);
}

const EMAIL = /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)*$/i;

/** A text that is neither tidied up nor shown in any message. */
export function secret(from: number, to: number): Rule<string> {
  return (value, name, errors) => {
    const rule = `a text of ${from} to ${to} characters`;
    const length = typeof value === 'string' ? [...value].length : undefined;
    let problem = '';
    if (value === undefined) problem = `is missing: it must be ${rule}.`;
    else if (length === undefined) problem = `must be ${rule}.`;
    else if (length < from || length > to) problem = `must be ${rule}, but it has ${length}.`;
    if (problem) errors.push({ field: name, message: `"${name}" ${problem}` });
    return value as string;
  };
}

// Length is what counts; "one capital, one digit, one sign" only leads to "Password1!" (NIST SP
// 800-63B-4, 3.1.1.2, which asks for 15 where nothing but a password is asked).
function newPassword(value: unknown, name: string, errors: Parameters<Rule<string>>[2]): string {
  const password = ofGoodLength(value, name, errors);
  if (typeof value === 'string' && COMMON.has(value.toLowerCase())) errors.push({ field: name, message: `"${name}" is one that everybody tries first: choose another.` });
  return password;
}

const ofGoodLength = secret(8, 200);

// For a real service, a list with thousands of them.
const COMMON = new Set(['password', 'passwort', 'password1', 'password123', '12345678', '123456789', '1234567890', '11111111', 'qwertyuiop', 'qwerty123', 'iloveyou', 'sunshine', 'princess', 'football', 'baseball']);
