// Lesson 15 · check-password: do this e-mail and this password belong together?
//
//   makeCheckPassword(accounts, passwords)('ada@example.org', 'flat white, no sugar')
//     ──►  { id: 1, name: 'Ada', … }    her account
//     ──►  undefined                    no such e-mail, or a wrong password: both take as long

import { Refusal } from '../06-errors/errors.ts';
import { Conflict, type Collection } from '../09-logic/storage.ts';
import { findByEmail, type Account } from '../14-passwords/accounts.ts';
import type { Passwords } from '../14-passwords/password.ts';

/** Gives a function that finds the account with this e-mail and this password. */
export function makeCheckPassword(accounts: Collection<Account>, passwords: Passwords) {
  return async (email: string, password: string): Promise<Account | undefined> => {
    const account = await findByEmail(accounts, email);
    // One hash in any case: a faster answer would give away that there is no such account.
    const isRight = await passwords.check(password, account && hashOf(account));
    return account && isRight ? refresh(accounts, passwords, account, password) : undefined;
  };
}

// Only at a login do we have the password itself, and can hash it at today's cost.
async function refresh(
  accounts: Collection<Account>,
  passwords: Passwords,
  account: Account,
  password: string,
): Promise<Account> {
  if (!passwords.isOutdated(account.passwordHash)) return account;
  try {
    const { id, version, ...rest } = account;
    const passwordHash = await passwords.hash(password);
    return await accounts.update(id, version, { ...rest, passwordHash });
  } catch (error) {
    // Another request was faster, or the queue is full. The login is right all the same, and the
    // next one tries again.
    if (error instanceof Conflict || error instanceof Refusal) return account;
    throw error;
  }
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

// Data of an older version has no hash. "Wrong password" would be a wrong answer to its owner.
function hashOf({ id, passwordHash }: Partial<Account>): string {
  if (passwordHash !== undefined) return passwordHash;
  throw new Error(
    `The account ${id} has no "passwordHash": an older version of the program has stored it. ` +
    'Stop the server and run "npm run fresh" with the number of the lesson: it begins with the ' +
    'sample data again, and keeps yours under a dated name.',
  );
}
