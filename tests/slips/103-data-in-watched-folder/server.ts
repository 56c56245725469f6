import { writeFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';

http.createServer((req, res) => {
  const file = join(import.meta.dirname ?? '.', 'orders.json');
  writeFileSync(file, '[42]');
  res.end('Saved');
}).listen(3000);
