// A café that does nothing but take orders, three guests at a time, until somebody pulls its plug.
//
//   node writer.ts …/data  ──►  "17\n19\n18\n…"   each number is printed once the order is kept
//
// One of three pays at once: order and payment are one transaction.

import { openDatabase } from '../../db/database.ts';
import type { Stored } from '../../lessons/09-logic/storage.ts';

type Order = Stored & { note: string };
type Payment = Stored & { order: number };

const db = await openDatabase(process.argv[2]!, { snapshotAfter: 3_000, report: () => {} });
const orders = db.collection<Order>('orders');
db.collection<Payment>('payments', { unique: ['order'] });

async function guest(): Promise<void> {
  for (let n = 0; n < 100_000; n += 1) {
    const { id } = n % 3 === 0 ? await orderAndPay() : await orders.insert({ note: 'a flat white for ada' });
    process.stdout.write(`${id}\n`);
  }
}

function orderAndPay(): Promise<Order> {
  return db.transaction((draft) => {
    const order = draft.in<Order>('orders').insert({ note: 'paid' });
    draft.in<Payment>('payments').insert({ order: order.id });
    return order;
  });
}

await Promise.all([guest(), guest(), guest()]);
