import { readFileSync } from 'node:fs';
import http from 'node:http';

http.createServer((req, res) => {
  const text = readFileSync(new URL('orders.txt', import.meta.url), 'utf8');
  const orders = text.split('\n').map((line) => JSON.parse(line));
  res.end(`${orders.length} orders`);
}).listen(3000);
