// Lesson 15 · collections: all that the café keeps, by name.
//
//   const { menu, accounts, sessions } = collectionsOf(storage)
//
// It stood in the wiring, and has outgrown it. Which storage it is, a file or a database, is still
// the wiring's to say: it is handed in.

import { items, type Item } from '../03-address/items.ts';
import type { Storage } from '../09-logic/storage.ts';
import { firstNotes, type Note } from '../12-pages/notes.ts';
import { firstSettings, type Settings } from '../12-pages/settings.ts';
import { accountOptions, type Account } from '../14-passwords/accounts.ts';
import { sessionOptions, type Session } from './sessions.ts';

export function collectionsOf(storage: Storage) {
  return {
    menu: storage.collection<Item>('menu', { unique: ['name'], indexes: ['category'], first: items }),
    notes: storage.collection<Note>('notes', { first: firstNotes }),
    settings: storage.collection<Settings>('settings', { first: firstSettings }),
    accounts: storage.collection<Account>('accounts', accountOptions),
    sessions: storage.collection<Session>('sessions', sessionOptions),
  };
}
