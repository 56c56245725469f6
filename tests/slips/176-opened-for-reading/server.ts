import { open } from 'node:fs/promises';
import http from 'node:http';

const file = await open(new URL('orders.txt', import.meta.url));

http.createServer(async (req, res) => {
  await file.appendFile('{"drink":"Flat white"}\n');
  res.writeHead(201).end('Saved');
}).listen(3000);
