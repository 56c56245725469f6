import http from 'node:http';
import { welcome } from './words';

http.createServer((req, res) => {
  res.end(welcome);
}).listen(3000);
