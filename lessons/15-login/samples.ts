// Lesson 15 · samples: accounts that you can log in with straight away.
//
//   ada@example.org    flat white, no sugar    a customer
//   grace@example.org  keys to the café        staff
//
// Anybody can read their passwords here. So they are created only in an empty store, and only
// where no stranger can log in: not in production (NODE_ENV=production), not with a PUBLIC_URL, not
// on a HOST that the network reaches. And only once the server listens: if the port is taken,
// nothing is stored.

import type { Layer } from '../05-around/around.ts';
import type { Collection } from '../09-logic/storage.ts';
import { findByEmail, openAccount, type Account } from '../14-passwords/accounts.ts';
import type { Passwords } from '../14-passwords/password.ts';

const samples = [
  { email: 'ada@example.org', name: 'Ada', password: 'flat white, no sugar', role: 'customer' },
  { email: 'grace@example.org', name: 'Grace', password: 'keys to the café', role: 'staff' },
] as const;

/** Gives a function. Its first call creates the accounts and prints how to log in. */
export function sampleAccounts(
  accounts: Collection<Account>,
  passwords: Passwords,
): () => Promise<void> {
  let opening: Promise<void> | undefined;
  const open = async () => {
    for (const line of await createSamples(accounts, passwords)) console.log(line);
  };
  return () => opening ??= open();
}

/** A layer: requests wait until `ready` has done its work. */
export function after(ready: () => Promise<void>): Layer {
  return (handler) => async (call) => {
    await ready();
    return handler(call);
  };
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

/** Creates the sample accounts if there are no others. Returns a line for each, to be printed. */
export async function createSamples(
  accounts: Collection<Account>,
  passwords: Passwords,
  env = process.env,
): Promise<string[]> {
  if (isPublic(env)) return [];
  const { records } = await accounts.list({ limit: 1 });
  if (records.length === 0) {
    for (const { role, ...fields } of samples) await openAccount(accounts, passwords, fields, role);
  }
  return linesToLogIn(accounts);
}

async function linesToLogIn(accounts: Collection<Account>): Promise<string[]> {
  const lines: string[] = [];
  for (const { email, password, role } of samples) {
    if (await findByEmail(accounts, email)) {
      lines.push(`Log in at /login as ${email} (${role}), password "${password}".`);
    }
  }
  return lines;
}

function isPublic({ NODE_ENV, PUBLIC_URL, HOST = '' }: NodeJS.ProcessEnv): boolean {
  const isLocal = ['', '127.0.0.1', '::1', 'localhost'].includes(HOST);
  return NODE_ENV === 'production' || Boolean(PUBLIC_URL) || !isLocal;
}
