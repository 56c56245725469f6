// Node's own modules only, with loops, and with BigInt for the money.

import http from 'node:http';
import { json } from 'node:stream/consumers';
import { items } from '../../../../../03-address/items.ts';

function discount(bakedCents: bigint): bigint {
  const hundredths = bakedCents * 15n;
  return hundredths / 100n + (hundredths % 100n > 0n ? 1n : 0n);
}

function decide(wanted: { id: number; quantity: number }[], hour: number) {
  const counted: Record<number, number> = {};
  let cents = 0n;
  let baked = 0n;
  for (const { id, quantity } of wanted) {
    const item = items.find((one) => one.id === id);
    if (!item) return { status: 409, body: { error: `no item ${id}` } };
    counted[id] = (counted[id] ?? 0) + quantity;
    const most = item.category === 'bakery' ? Math.min(3, item.stock) : item.stock;
    if (counted[id] > most) return { status: 409, body: { error: `only ${most} of ${item.name}` } };
    cents += BigInt(item.price * quantity);
    if (item.category === 'bakery') baked += BigInt(item.price * quantity);
  }
  if (hour === 17 || hour === 18) cents -= discount(baked);
  return { status: 200, body: { total: Number(cents) } };
}

http.createServer(async (req, res) => {
  const order = await json(req) as { items: { id: number; quantity: number }[]; hour: number };
  const { status, body } = decide(order.items, order.hour);
  res.writeHead(status, { 'Content-Type': 'application/json' });
  res.end(JSON.stringify(body));
}).listen(process.env.PORT ?? 3000);
