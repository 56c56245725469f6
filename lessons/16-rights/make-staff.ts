// Lesson 16 · make-staff: the program behind `npm run staff grace@example.org`.
//
//   DATA_DIR=db/data/16  node make-staff.ts grace@example.org
//
// Wiring only: which store, which passwords, and what to say. See staff.ts.

import { join } from 'node:path';
import { Refusal } from '../06-errors/errors.ts';
import { jsonFileStorage, stopWith } from '../11-json-file/json-file.ts';
import { accountOptions, type Account } from '../14-passwords/accounts.ts';
import { makePasswords } from '../14-passwords/password.ts';
import { askHidden } from './hidden.ts';
import { makeStaff } from './staff.ts';

const [email = ''] = process.argv.slice(2);
const storage = await jsonFileStorage(join(process.env.DATA_DIR ?? '.', 'cafe.json')).catch(stopWith);
const accounts = storage.collection<Account>('accounts', accountOptions);
const passwords = makePasswords({ cost: Number(process.env.PASSWORD_COST || 2 ** 17) });

try {
  const account = await makeStaff(accounts, passwords, email, () => askHidden(`Password for ${email}: `));
  console.log(`${account.email} is of the staff now.`);
} catch (error) {
  console.error(error instanceof Refusal ? [error.message, ...(error.more.errors ?? []).map(({ message }) => message)].join('\n') : (error as Error).message);
  process.exitCode = 1;
}
