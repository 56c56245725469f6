import { readFile } from 'node:fs/promises';
import http from 'node:http';

http.createServer(async (req, res) => {
  const text = await readFile(new URL('orders.txt', import.meta.url), 'utf8');
  const orders = text.trim().split('\n').map((line) => JSON.parse(line));
  res.end(`${orders.length} orders`);
}).listen(3000);
