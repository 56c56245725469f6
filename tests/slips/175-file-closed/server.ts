import { open } from 'node:fs/promises';
import http from 'node:http';

const file = await open(new URL('orders.data', import.meta.url), 'a');

http.createServer(async (req, res) => {
  await file.appendFile('{"drink":"Flat white"}\n');
  await file.close();
  res.writeHead(201).end('Saved');
}).listen(3000);
