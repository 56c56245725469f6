import { readFile } from 'node:fs';
import http from 'node:http';

http.createServer(async (req, res) => {
  const menu = await readFile(new URL('server.ts', import.meta.url), 'utf8');
  res.end(menu);
}).listen(3000);
