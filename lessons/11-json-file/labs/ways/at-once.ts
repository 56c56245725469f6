// Ways to keep an order, and many guests who order in the same moment: what at-once.ts runs.
//
//   tryVariants([naive, inTurn])
//     ──►  read the file, add, write it   65 of 100 guests were told 201 Created. …
//     ──►  one change after the other     100 of 100 guests were told 201 Created. …
//
// Lesson 18 runs the same with its database.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jsonFileStorage } from '../../json-file.ts';

export type Order = { id: number; version: number; drink: string };

/** `open` gives a function that keeps one more order. `count` is asked when all have ordered. */
export type Variant = {
  name: string;
  open(file: string): Promise<() => Promise<unknown>>;
  count(file: string): Promise<number>;
};

export const naive: Variant = {
  name: 'read the file, add, write it',
  open: async (file) => {
    await writeFile(file, '[]');
    return async () => {
      const orders = JSON.parse(await readFile(file, 'utf8'));
      orders.push({ id: orders.length + 1, drink: 'flat white' });
      await writeFile(file, JSON.stringify(orders));
    };
  },
  count: async (file) => JSON.parse(await readFile(file, 'utf8')).length,
};

export const inTurn: Variant = {
  name: 'one change after the other',
  open: async (file) => {
    const orders = (await jsonFileStorage(file)).collection<Order>('orders');
    return () => orders.insert({ drink: 'flat white' });
  },
  // Opened anew, as after a restart: what counts is what stands in the file.
  count: async (file) => {
    const orders = (await jsonFileStorage(file)).collection('orders');
    return (await orders.list({ limit: Infinity })).records.length;
  },
};

export async function tryVariants(variants: Variant[]): Promise<void> {
  const guests = process.argv[2] === 'quick' ? 30 : 100;
  console.log(`${guests} guests order at once.\n`);
  for (const variant of variants) await tryVariant(variant, guests);
}

async function tryVariant(variant: Variant, guests: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'lab-'));
  const file = join(folder, 'orders.json');
  const statuses = await orderAtOnce(await variant.open(file), guests);
  const created = statuses.filter((status) => status === 201).length;
  const kept = await variant.count(file).catch(() => 'none that can be read');
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  console.log(
    `${variant.name.padEnd(30)} ${created} of ${guests} guests were told 201 Created. ` +
    `Orders in the file: ${kept}.`,
  );
}

async function orderAtOnce(placeOrder: () => Promise<unknown>, guests: number): Promise<number[]> {
  const server = createServer((_request, response) => {
    placeOrder().then(() => response.writeHead(201).end(), () => response.writeHead(500).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/orders`;
  const sent = Array.from({ length: guests }, () => fetch(url, { method: 'POST' }));
  const answers = await Promise.all(sent);
  server.close();
  server.closeAllConnections();
  return answers.map(({ status }) => status);
}
