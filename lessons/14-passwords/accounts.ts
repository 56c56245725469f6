// Lesson 14 · accounts: what do we store about a guest, and what do we show?
//
//   openAccount(accounts, passwords, { email: 'Ada@example.org', name: 'Ada', password: '…' })
//     ──►  stored   { id: 1, email: 'ada@example.org', …, passwordHash: '$scrypt$…', … }
//     ──►  shown    { id: 1, email: 'ada@example.org', name: 'Ada', role: 'customer' }
//
// We pick the fields that may be shown. Deleting the password from a copy would look the same
// today, and would show the next secret field that somebody adds.

import { Refusal } from '../06-errors/errors.ts';
import { fields, line, type Valid } from '../08-validate/validate.ts';
import type { Collection, CollectionOptions, Stored } from '../09-logic/storage.ts';
import { Conflict } from '../09-logic/storage.ts';
import type { Passwords } from './password.ts';
import { email, newPassword, normalizeEmail } from './rules.ts';

/** `passwordHash`: the text that password.ts makes. The password itself is nowhere. */
export type Account = Stored & {
  email: string;
  name: string;
  role: 'customer' | 'staff';
  passwordHash: string;
};
export type PublicAccount = Pick<Account, 'id' | 'email' | 'name' | 'role'>;

export const accountOptions: CollectionOptions<Account> = { unique: ['email'] };

/** What a guest may send. The role is not in it, so no guest can become staff. */
export const newAccountRule = fields({ email, name: line(1, 60), password: newPassword });
export type NewAccount = Valid<typeof newAccountRule>;

/** Refuses an e-mail address that has an account (409). */
export async function openAccount(
  accounts: Collection<Account>,
  passwords: Passwords,
  { email, name, password }: NewAccount,
  role: Account['role'] = 'customer',
): Promise<Account> {
  const passwordHash = await passwords.hash(password);
  return accounts.insert({ email, name, role, passwordHash }).catch(refuseTaken);
}

/** What may leave the server. */
export function publicOf({ id, email, name, role }: Account): PublicAccount {
  return { id, email, name, role };
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

/** Capital letters and spaces around the e-mail make no difference. */
export async function findByEmail(
  accounts: Collection<Account>,
  email: string,
): Promise<Account | undefined> {
  const [account] = await accounts.find('email', normalizeEmail(email));
  return account;
}

function refuseTaken(error: unknown): never {
  if (!(error instanceof Conflict && error.reason === 'taken')) throw error;
  throw new Refusal(409, 'This e-mail address already has an account. Please use another one.');
}
