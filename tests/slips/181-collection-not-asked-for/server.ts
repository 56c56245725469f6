import http from 'node:http';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '../../../db/database.ts';

type Order = { id: number; version: number; drink: string };

const db = await openDatabase(fileURLToPath(new URL('.', import.meta.url)));
db.collection<Order>('orders');

http.createServer(async (req, res) => {
  const order = await db.transaction((draft) => {
    return draft.in<Order>('order').insert({ drink: 'Flat white' });
  });
  res.writeHead(201).end(`Order ${order.id}`);
}).listen(3000);
