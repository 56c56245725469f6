import http from 'node:http';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '../../../db/database.ts';

type Stock = { id: number; version: number; cups: number };

const db = await openDatabase(fileURLToPath(new URL('.', import.meta.url)));
db.collection<Stock>('stock', { initial: [{ id: 1, version: 1, cups: 0 }] });

http.createServer((req, res) => {
  db.transaction((draft) => {
    const { version, cups } = draft.in<Stock>('stock').get(1)!;
    if (cups === 0) throw new Error('There is no cup left.');
    draft.in<Stock>('stock').update(1, version, { cups: cups - 1 });
  });
  res.writeHead(201).end('Sold');
}).listen(3000);
