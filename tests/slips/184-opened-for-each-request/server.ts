import http from 'node:http';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '../../../db/database.ts';

http.createServer(async (req, res) => {
  const db = await openDatabase(fileURLToPath(new URL('.', import.meta.url)));
  const { records } = await db.collection('orders').list();
  res.end(`${records.length} orders`);
}).listen(3000);
