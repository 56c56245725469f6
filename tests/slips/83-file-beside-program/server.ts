import { readFileSync } from 'node:fs';
import http from 'node:http';

http.createServer((req, res) => {
  res.end(readFileSync('menu.txt', 'utf8'));
}).listen(3000);
