import http from 'node:http';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '../../../db/database.ts';

type Order = { id: number; version: number; drink: string };

const db = await openDatabase(fileURLToPath(new URL('.', import.meta.url)));
db.collection<Order>('orders');

http.createServer(async (req, res) => {
  await db.transaction((draft) => {
    req.on('data', (piece) => draft.in<Order>('orders').insert({ drink: String(piece) }));
  });
  req.on('end', () => res.writeHead(201).end('Ordered'));
}).listen(3000);
