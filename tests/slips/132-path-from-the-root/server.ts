import { readFileSync } from 'node:fs';
import http from 'node:http';

http.createServer((req, res) => {
  res.end(readFileSync(req.url));
}).listen(3000);
