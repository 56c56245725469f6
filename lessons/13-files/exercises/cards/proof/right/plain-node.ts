// Plain node:http, callbacks and a stream.

import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

const folder = path.join(process.env.DATA_DIR!, 'cards');
const types: Record<string, string> = { '.svg': 'image/svg+xml', '.txt': 'text/plain; charset=utf-8' };

http.createServer((req, res) => {
  const name = new URL(req.url!, 'http://localhost').searchParams.get('file');
  fs.readdir(folder, (error, names) => {
    if (error || name === null || name[0] === '.' || names.indexOf(name) < 0) {
      res.writeHead(404);
      return res.end('no card');
    }
    res.setHeader('Content-Type', types[path.extname(name)] ?? 'application/octet-stream');
    fs.createReadStream(path.join(folder, name)).pipe(res);
  });
}).listen(3000);
