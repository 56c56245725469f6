// Lesson 16 · staff: the owner of the machine makes the first member of staff.
//
//   npm run staff grace@example.org
//     ──►  Password for grace@example.org:        typed, and not shown
//     ──►  grace@example.org is a member of staff now.
//
// Strangers would find a form for this, too. Somebody who can run a program next to the data file
// holds the keys already. The server must be stopped first: it has all accounts in memory, and
// would not see this one.

import type { Collection } from '../09-logic/storage.ts';
import {
  findByEmail, newAccountRule, openAccount, type Account,
} from '../14-passwords/accounts.ts';
import type { Passwords } from '../14-passwords/password.ts';
import { validate } from '../08-validate/validate.ts';

/**
 * Makes the account with this e-mail a member of staff. Without one, it creates an account with the
 * password that `ask` brings. Refuses as validate() does.
 */
export async function makeStaff(
  accounts: Collection<Account>,
  passwords: Passwords,
  email: string,
  ask: () => Promise<string>,
): Promise<Account> {
  const known = await findByEmail(accounts, email);
  if (known) return promote(accounts, known);
  const name = nameIn(email);
  validate(newAccountRule, { email, name, password: EXAMPLE }); // Before anybody types a password.
  const account = validate(newAccountRule, { email, name, password: await ask() });
  return openAccount(accounts, passwords, account, 'staff');
}

// An account that exists keeps its password.
function promote(
  accounts: Collection<Account>,
  { id, version, ...fields }: Account,
): Promise<Account> {
  return accounts.update(id, version, { ...fields, role: 'staff' });
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

const EXAMPLE = 'flat white, no sugar';

function nameIn(email: string): string {
  return email.split('@')[0]!.trim().slice(0, 60);
}
