import { appendFile, readFile, writeFile } from 'node:fs/promises';
import http from 'node:http';

const file = new URL('orders.data', import.meta.url);
await writeFile(file, JSON.stringify({ drink: 'Espresso' }));

http.createServer(async (req, res) => {
  await appendFile(file, JSON.stringify({ drink: 'Flat white' }));
  const orders = (await readFile(file, 'utf8')).split('\n').map((line) => JSON.parse(line));
  res.writeHead(201).end(`${orders.length} orders`);
}).listen(3000);
