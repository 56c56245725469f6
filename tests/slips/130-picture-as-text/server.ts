import { readFileSync } from 'node:fs';
import http from 'node:http';

http.createServer((req, res) => {
  res.setHeader('Content-Type', 'image/png');
  res.end(readFileSync(new URL('./dot.png', import.meta.url), 'utf8'));
}).listen(3000);
