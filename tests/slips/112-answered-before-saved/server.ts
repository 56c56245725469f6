import { writeFile } from 'node:fs/promises';
import http from 'node:http';

const file = new URL('orders.data', import.meta.url);
const orders: string[] = [];

http.createServer((req, res) => {
  orders.push('Flat white');
  writeFile(file, JSON.stringify(orders));
  res.writeHead(201).end('Saved');
}).listen(3000);
