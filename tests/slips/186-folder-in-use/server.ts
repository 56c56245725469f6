import { fork } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '../../../db/database.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const till = fork(new URL('till.ts', import.meta.url), [folder]);
await once(till, 'message');

const db = await openDatabase(folder);

http.createServer(async (req, res) => {
  const { records } = await db.collection('orders').list();
  res.end(`${records.length} orders`);
}).listen(3000);
