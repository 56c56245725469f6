import { readFile } from 'node:fs/promises';
import http from 'node:http';

const text = await readFile(new URL('orders.txt', import.meta.url), 'utf8');
const orders: { drink: string }[] = [];
for (const line of text.split('\n')) {
  if (line !== '') orders.push(JSON.parse(line));
}

http.createServer((req, res) => {
  res.end(`${orders.length} orders`);
}).listen(3000);
