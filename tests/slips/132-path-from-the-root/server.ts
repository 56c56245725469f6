import { readFile } from 'node:fs/promises';
import http from 'node:http';

http.createServer(async (req, res) => {
  res.end(await readFile(req.url));
}).listen(3000);
