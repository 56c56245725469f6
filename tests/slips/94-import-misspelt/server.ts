import http from 'node:http';
import { welcom } from './words.ts';

http.createServer((req, res) => {
  res.end(welcom);
}).listen(3000);
