// Lab · at-once: the 100 guests of lesson 11 come again, and the database serves them, too.
//
//   npm run lab 18 at-once
//
// The database writes and flushes all orders that come in the same moment together. That is faster
// than one after the other, and just as safe.

import { dirname } from 'node:path';
import { openDatabase, type Database } from '../../../db/database.ts';
import {
  inTurn, naive, tryVariants, type Order, type Variant,
} from '../../11-json-file/labs/ways/at-once.ts';

let db: Database;

const database: Variant = {
  name: 'the database',
  open: async (file) => {
    db = await openDatabase(dirname(file));
    const orders = db.collection<Order>('orders');
    return () => orders.insert({ drink: 'flat white' });
  },
  // Opened again, as after a restart.
  count: async (file) => {
    await db.close();
    db = await openDatabase(dirname(file));
    return (await db.collection('orders').list({ limit: Infinity })).records.length;
  },
};

await tryVariants([naive, inTurn, database]);
