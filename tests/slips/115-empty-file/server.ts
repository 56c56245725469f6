import { readFileSync } from 'node:fs';
import http from 'node:http';

http.createServer((req, res) => {
  const orders = JSON.parse(readFileSync(new URL('orders.txt', import.meta.url), 'utf8'));
  res.end(`${orders.length} orders`);
}).listen(3000);
