// One kill: a café takes orders, dies in the middle, and is opened again.
//
//   writer  ──►  "17\n18\n"  ──►  kill -9  ──►  open: 1 to 18 are there, each paid order with its payment
//
//   const cafe = new KilledCafe(folder);
//   await cafe.killOnce()  ──►  { told: [17, 18], twice: [], lost: [], half: [] }

import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '../../db/database.ts';
import type { Stored } from '../../lessons/09-logic/storage.ts';
import { typescriptFlags } from '../../lessons/classroom/start.ts';

/** `twice`: numbers that were given a second time. `half`: orders without their payment, or payments without their order. */
export type Killed = { told: number[]; twice: number[]; lost: number[]; half: number[] };

const writer = fileURLToPath(new URL('writer.ts', import.meta.url));

export class KilledCafe {
  readonly #folder: string;
  readonly kept = new Set<number>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Killed within 40 milliseconds after its first order. Rejects when the folder cannot be opened any more. */
  async killOnce(): Promise<Killed> {
    const told = await takeOrdersAndDie(this.#folder, Math.random() * 40);
    const twice = told.filter((id) => this.kept.has(id));
    for (const id of told) this.kept.add(id);
    const { orders, paid, payments } = await readBack(this.#folder);
    const lost = [...this.kept].filter((id) => !orders.has(id));
    const half = [...without(paid, payments), ...without(payments, paid)];
    return { told, twice, lost, half };
  }

  /** The number of the last snapshot. */
  get snapshots(): number {
    return Math.max(0, ...readdirSync(this.#folder).map((name) => Number(/^snapshot-(\d+)/.exec(name)?.[1] ?? 0)));
  }
}

async function takeOrdersAndDie(folder: string, milliseconds: number): Promise<number[]> {
  const { child, closed } = startWriter(folder);
  let told = '';
  const first = new Promise<void>((resolve) => child.stdout.setEncoding('utf8').on('data', (text) => { told += text; resolve(); }));
  await Promise.race([first, closed]);
  await pause(milliseconds);
  child.kill('SIGKILL');
  await closed;
  return told.split('\n').slice(0, -1).map(Number);
}

export function startWriter(folder: string) {
  const child = spawn(process.execPath, [...typescriptFlags(), writer, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return { child, closed };
}

async function readBack(folder: string): Promise<{ orders: Set<number>; paid: Set<number>; payments: Set<number> }> {
  const db = await openDatabase(folder, { report: () => {} });
  const orders = (await db.collection<Stored & { note: string }>('orders').list({ limit: Infinity })).records;
  const payments = (await db.collection<Stored & { order: number }>('payments', { unique: ['order'] }).list({ limit: Infinity })).records;
  await db.close();
  return {
    orders: new Set(orders.map(({ id }) => id)),
    paid: new Set(orders.filter(({ note }) => note === 'paid').map(({ id }) => id)),
    payments: new Set(payments.map(({ order }) => order)),
  };
}

function without(some: Set<number>, others: Set<number>): number[] {
  return [...some].filter((one) => !others.has(one));
}
