import http from 'node:http';
import { welcome } from './wrods.ts';

http.createServer((req, res) => {
  res.end(welcome);
}).listen(3000);
