// Lesson 14 · accounts: who is a guest of this house?
//
//   openAccount(accounts, passwords, { email: 'Ada@example.org', name: 'Ada', password: '…' })
//     ──►  stored   { id: 1, email: 'ada@example.org', …, passwordHash: '$scrypt$…', … }
//     ──►  shown    { id: 1, email: 'ada@example.org', name: 'Ada', role: 'customer' }
//
// What is shown is picked, field by field. Taking the password out of a copy ("delete") looks the
// same today, and shows the next secret field that somebody adds.

import { Refusal } from '../06-errors/errors.ts';
import { fields, line, type Valid } from '../08-validate/validate.ts';
import type { Collection, CollectionOptions, Stored } from '../09-logic/storage.ts';
import { Conflict } from '../09-logic/storage.ts';
import type { Passwords } from './password.ts';
import { email, newPassword, normalizeEmail } from './rules.ts';

/** `passwordHash` is what password.ts makes of it, never the password itself. */
export type Account = Stored & {
  email: string;
  name: string;
  role: 'customer' | 'staff';
  passwordHash: string;
};
export type PublicAccount = Pick<Account, 'id' | 'email' | 'name' | 'role'>;

export const accountOptions: CollectionOptions<Account> = { unique: ['email'] };

/** What a guest may say. The role is not among it, so nobody makes himself a waiter. */
export const newAccountRule = fields({ email, name: line(1, 60), password: newPassword });
export type NewAccount = Valid<typeof newAccountRule>;

/** Refuses an e-mail that has an account (409). */
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

/** However it is written: in small or capital letters, with or without spaces around it. */
export async function findByEmail(
  accounts: Collection<Account>,
  email: string,
): Promise<Account | undefined> {
  const [account] = await accounts.find('email', normalizeEmail(email));
  return account;
}

function refuseTaken(error: unknown): never {
  if (!(error instanceof Conflict && error.reason === 'taken')) throw error;
  throw new Refusal(409, 'There is an account with this e-mail already. Take another one.');
}
