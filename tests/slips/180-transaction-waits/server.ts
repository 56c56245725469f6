import http from 'node:http';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '../../../db/database.ts';

const db = await openDatabase(fileURLToPath(new URL('.', import.meta.url)));
const stock = db.collection<{ id: number; version: number; cups: number }>('stock', { initial: [{ id: 1, version: 1, cups: 120 }] });

http.createServer(async (req, res) => {
  await db.transaction(async (draft) => {
    const { version, cups } = (await stock.get(1))!;
    draft.in<{ id: number; version: number; cups: number }>('stock').update(1, version, { cups: cups - 1 });
  });
  res.writeHead(201).end('Sold');
}).listen(3000);
