import http from 'node:http';
import { priceTag } from './price.ts';

export const currency = '€';

http.createServer((req, res) => {
  res.end(priceTag);
}).listen(3000);
