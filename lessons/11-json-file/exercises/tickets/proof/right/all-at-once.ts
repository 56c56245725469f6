// Only functions that wait (…Sync): nobody can come in between, so there is no queue.

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';

const file = path.join(process.env.DATA_DIR!, 'tickets.json');
let { last } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) as { last: number } : { last: 0 };

http.createServer((req, res) => {
  res.setHeader('Content-Type', 'application/json');
  if (req.method !== 'POST') return res.end(JSON.stringify({ last }));
  try {
    writeFileSync(`${file}~`, JSON.stringify({ last: last + 1 }));
    renameSync(`${file}~`, file);
    last++;
    res.statusCode = 201;
    res.end(JSON.stringify({ number: last }));
  } catch (error) {
    console.error(error);
    res.statusCode = 500;
    res.end(JSON.stringify({ error: 'Please ask again.' }));
  }
}).listen(3000);
