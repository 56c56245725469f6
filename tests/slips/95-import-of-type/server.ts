import http from 'node:http';
import { Item } from './item.ts';

const item: Item = { name: 'Flat white' };

http.createServer((req, res) => {
  res.end(item.name);
}).listen(3000);
