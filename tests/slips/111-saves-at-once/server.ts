import { writeFile } from 'node:fs/promises';
import http from 'node:http';
import { fileURLToPath } from 'node:url';

const file = fileURLToPath(new URL('orders.data', import.meta.url));
const orders: string[] = [];

http.createServer(async (req, res) => {
  await Promise.all(['Espresso', 'Flat white'].map(async (drink) => {
    orders.push(drink);
    await writeFile(file, JSON.stringify(orders));
  }));
  res.writeHead(201).end('Saved');
}).listen(3000);
