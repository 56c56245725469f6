import { readFile } from 'node:fs/promises';
import http from 'node:http';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('./public', import.meta.url));

http.createServer(async (req, res) => {
  res.setHeader('Content-Type', 'text/plain; charset=utf-8');
  res.end(await readFile(folder + decodeURIComponent(req.url)));
}).listen(3000);
