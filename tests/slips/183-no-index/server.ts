import http from 'node:http';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '../../../db/database.ts';

type Order = { id: number; version: number; guest: string };

const db = await openDatabase(fileURLToPath(new URL('.', import.meta.url)));
const orders = db.collection<Order>('orders', { initial: [{ id: 42, version: 1, guest: 'ada' }] });

http.createServer(async (req, res) => {
  const found = await orders.find('guest', 'ada');
  res.end(`${found.length} orders`);
}).listen(3000);
