import { writeFile } from 'node:fs/promises';
import http from 'node:http';

http.createServer(async (req, res) => {
  await writeFile('113-orders.json', '[42]');
  res.end('Saved');
}).listen(3000);
