import { readFile } from 'node:fs/promises';
import http from 'node:http';

const menu = readFile('menu.txt', 'utf8');

http.createServer((req, res) => {
  res.end(menu.split(','));
}).listen(3000);
