import { writeFileSync } from 'node:fs';
import http from 'node:http';

const orders: unknown[] = [];

http.createServer((req, res) => {
  orders.push({ id: 42, drink: 'Flat white' });
  writeFileSync(new URL('orders.data', import.meta.url), orders as never);
  res.end('Saved');
}).listen(3000);
