// A café that does nothing but take orders, until somebody pulls its plug.
//
//   node json-file-writer.ts …/cafe.json  ──►  "17\n18\n19\n…"   each number is printed once it is kept

import { jsonFileStorage } from '../lessons/11-json-file/json-file.ts';

type Order = { id: number; version: number; note: string };

const orders = (await jsonFileStorage(process.argv[2]!)).collection<Order>('orders');
const { records } = await orders.list({ limit: 100_000 });
const last = records.at(-1)?.id ?? 0;

for (let n = 0; n < 100_000; n += 1) {
  const { id } = await orders.insert({ note: 'a flat white for ada, '.repeat(20) });
  if (id > last) process.stdout.write(`${id}\n`);
}
