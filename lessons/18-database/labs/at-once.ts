// Lab · at-once: the 100 guests of lesson 11 again, and the database beside its two ways.
//
//   npm run lab 18 at-once
//
// Nobody waits for another's turn here: all orders that come in the same moment are written and
// flushed together. That is faster, and just as safe.

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
  // Opened anew, as after a restart.
  count: async (file) => {
    await db.close();
    db = await openDatabase(dirname(file));
    return (await db.collection('orders').list({ limit: Infinity })).records.length;
  },
};

await tryVariants([naive, inTurn, database]);
