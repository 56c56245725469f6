// Lab · killed: the programs of lesson 11 are killed again, and so is the database.
//
//   npm run lab 18 killed
//
// Afterwards its journal can end with half a line: an order that was never confirmed. The database
// drops it, and has every order before it.

import { dirname } from 'node:path';
import { openDatabase } from '../../../db/database.ts';
import {
  first, naive, newOrder, swapped, tryVariants, type Order, type Variant,
} from '../../11-json-file/labs/ways/killed.ts';

const database: Variant = {
  name: 'the database',
  open: async (file) => {
    const orders = (await openDatabase(dirname(file))).collection<Order>('orders', {
      initial: first,
    });
    return async () => (await orders.insert(newOrder)).id;
  },
  read: async (file) => {
    const db = await openDatabase(dirname(file), { report: () => {} });
    const { records } = await db.collection<Order>('orders').list({ limit: Infinity });
    await db.close();
    return records;
  },
};

await tryVariants([naive, swapped, database]);
