// What a café does with its database, and what must be there after each step of it.
//
//   steps[4]   ──►  an order of a flat white for ada, and one less in stock: both, or neither
//   after[4]   ──►  '{"stock":[…],"orders":[…]}'      the only right answer after steps 0 to 4
//
// The answers come from a model of three lines that has no disk and no database.

import type { Database } from '../../db/database.ts';
import type { Stored } from '../../lessons/09-logic/storage.ts';
import type { Random } from './disk.ts';

type Order = Stored & { guest: string; note: string };
type Stock = Stored & { left: number };
export type Work = { steps: ((db: Database) => Promise<unknown>)[]; after: string[] };

const ordersOf = (db: Database) => db.collection<Order>('orders', { unique: ['guest'], indexes: ['note'] });
const stockOf = (db: Database) => db.collection<Stock>('stock', { initial: [{ id: 1, version: 1, left: 500 }] });

export async function contentOf(db: Database): Promise<string> {
  const [stock, orders] = [await stockOf(db).list(), await ordersOf(db).list({ limit: 10_000 })];
  return JSON.stringify({ stock: stock.records, orders: orders.records });
}

export function newWork(count: number, random: Random): Work {
  const orders = new Map<number, Order>();
  let stock: Stock = { id: 1, left: 500, version: 1 };
  let lastId = 0;
  const work: Work = { steps: [], after: [] };
  const nothing = JSON.stringify({ stock: [{ id: 1, version: 1, left: 500 }], orders: [] });
  for (let n = 0; n < count; n += 1) {
    const ids = [...orders.keys()];
    const id = ids[Math.floor(random() * ids.length)];
    const fields = { guest: `guest ${n}`, note: '☕'.repeat(random() * 200) };
    const kind = Math.floor(random() * 4);
    if (id !== undefined && kind === 0) {
      const { version } = orders.get(id)!;
      orders.set(id, { id, ...fields, version: version + 1 });
      work.steps.push((db) => ordersOf(db).update(id, version, fields));
    } else if (id !== undefined && kind === 1 && !work.after.includes(contentWith(without(id)))) {
      orders.delete(id);
      work.steps.push((db) => ordersOf(db).remove(id));
    } else {
      lastId += 1;
      orders.set(lastId, { id: lastId, ...fields, version: 1 });
      const { left, version } = stock;
      if (kind === 2) stock = { id: 1, left: left - 1, version: version + 1 };
      work.steps.push(kind === 2 ? (db) => orderAndTake(db, fields, version, left) : (db) => ordersOf(db).insert(fields));
    }
    work.after.push(contentWith(orders));
  }
  work.after[-1] = nothing;
  return work;

  function contentWith(orders: Map<number, Order>): string {
    return JSON.stringify({ stock: [sorted(stock)], orders: [...orders.values()].sort((a, b) => a.id - b.id) });
  }

  // No two answers are the same: else nobody could tell how many of the changes are there.
  function without(id: number): Map<number, Order> {
    return new Map([...orders].filter(([other]) => other !== id));
  }
}

// `first` keeps the order of its fields; what was updated has the id in front and the version behind.
const sorted = ({ id, version, left }: Stock) => (version === 1 ? { id, version, left } : { id, left, version });

function orderAndTake(db: Database, fields: { guest: string; note: string }, version: number, left: number): Promise<unknown> {
  ordersOf(db);
  stockOf(db);
  return db.transaction((draft) => {
    draft.in<Order>('orders').insert(fields);
    draft.in<Stock>('stock').update(1, version, { left: left - 1 });
  });
}

/** All steps, up to three at once; `told(n)` when step n was acknowledged. */
export async function doWork(db: Database, { steps }: Work, random: Random, told: (n: number) => void, from = 0): Promise<void> {
  ordersOf(db);
  stockOf(db);
  for (let n = from; n < steps.length;) {
    const together = steps.slice(n, n + 1 + Math.floor(random() * 3));
    const first = n;
    await Promise.all(together.map((step, index) => step(db).then(() => told(first + index))));
    n += together.length;
  }
}
