import { appendFile } from 'node:fs/promises';
import http from 'node:http';

const file = new URL('orders.data', import.meta.url);

http.createServer((req, res) => {
  appendFile(file, JSON.stringify({ drink: 'Flat white' }) + '\n');
  res.writeHead(201).end('Saved');
}).listen(3000);
