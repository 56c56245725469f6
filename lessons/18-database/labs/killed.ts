// Lab · killed: the programs of lesson 11 are killed again, and the database beside them.
//
//   npm run lab 18 killed
//
// Its journal may end with half a line afterwards: an order that nobody was told of. It is dropped,
// and everything before it is there.

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
