// The store alone, with the café's sample data: one save, and beside it eight who want a hash.
//
//   openStored(folder, 2 ** 17)  ──►  jobs      { 'a save': one flat white less, on the disk }
//                                     crowdJob  passwords.hash('flat white, no sugar')
//
// In one process, without HTTP: what remains is the time in which a line is written and flushed, and
// the wait for one of the four threads that hashes and files share. A record is replaced, and none
// added, so that each save writes about the same bytes.

import { openDatabase } from '../../db/database.ts';
import { items, type Item } from '../../lessons/03-address/items.ts';
import { makePasswords } from '../../lessons/14-passwords/password.ts';
import type { Place } from './crowd.ts';

export async function openStored(folder: string, cost: number): Promise<Place> {
  const storage = await openDatabase(folder);
  const menu = storage.collection<Item>('menu',
    { unique: ['name'], indexes: ['category'], initial: items });
  const passwords = makePasswords({ cost });

  async function sellOne(): Promise<void> {
    const { id, version, stock, ...fields } = (await menu.get(2))!;
    await menu.update(id, version, { ...fields, stock: stock > 100 ? stock - 1 : 120 });
  }

  return { jobs: { 'a save': sellOne }, crowdJob: () => passwords.hash('flat white, no sugar'), close: () => storage.close() };
}
