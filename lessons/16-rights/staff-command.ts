// Lesson 16 · staff-command: what `npm run staff grace@example.org` asks, and says.
//
//   Password for grace@example.org:          typed, and not shown
//   grace@example.org is a member of staff now.
//
// The wiring opens the store, a file or a database: see open.ts. The work is in staff.ts.

import { Refusal } from '../06-errors/errors.ts';
import type { Storage } from '../09-logic/storage.ts';
import { orStop } from '../11-json-file/open.ts';
import { accountOptions, type Account } from '../14-passwords/accounts.ts';
import { makePasswords } from '../14-passwords/password.ts';
import { promptPassword } from './prompt-password.ts';
import { makeStaff } from './staff.ts';

/** False if it failed; then it has printed why. Closes the store. */
export async function runStaffCommand(opening: Promise<Storage>, email: string): Promise<boolean> {
  const storage = await orStop(opening);
  const accounts = storage.collection<Account>('accounts', accountOptions);
  const passwords = makePasswords({ cost: Number(process.env.PASSWORD_COST || 2 ** 17) });
  try {
    const ask = () => promptPassword(`Password for ${email}: `);
    const account = await makeStaff(accounts, passwords, email, ask);
    console.log(`${account.email} is a member of staff now.`);
    return true;
  } catch (error) {
    console.error((error as Error).message);
    if (error instanceof Refusal) {
      for (const { message } of error.details.errors ?? []) console.error(message);
    }
    return false;
  } finally {
    await storage.close();
  }
}
