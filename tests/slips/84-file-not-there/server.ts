import { readFile } from 'node:fs/promises';
import http from 'node:http';

http.createServer(async (req, res) => {
  res.end(await readFile('menue.txt', 'utf8'));
}).listen(3000);
