// Only functions that wait (…Sync): nobody can come in between, so there is no queue.

import { appendFileSync, closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readFileSync, truncateSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';

const jar = path.join(process.env.DATA_DIR!, 'tips.jsonl');
let bytes = existsSync(jar) ? readFileSync(jar) : Buffer.alloc(0);
bytes = bytes.subarray(0, bytes.lastIndexOf('\n') + 1);
const tips: { cents: number }[] = bytes.toString().split(/\n(?=.)/).filter((line) => line !== '').map((line) => JSON.parse(line));
let size = bytes.length;
if (existsSync(jar)) truncateSync(jar, size);

function keep(tip: { cents: number }): void {
  const fd = openSync(jar, 'a');
  try {
    appendFileSync(fd, `${JSON.stringify(tip)}\n`);
    fsyncSync(fd);
  } catch (error) {
    ftruncateSync(fd, size);
    throw error;
  } finally {
    closeSync(fd);
  }
  size += Buffer.byteLength(JSON.stringify(tip)) + 1;
  tips.push(tip);
}

http.createServer((req, res) => {
  res.setHeader('Content-Type', 'application/json');
  if (req.method !== 'POST') return res.end(JSON.stringify({ count: tips.length, cents: tips.reduce((sum, { cents }) => sum + cents, 0) }));
  const chunks: Buffer[] = [];
  req.on('data', (chunk) => chunks.push(chunk)).on('end', () => {
    const tip = JSON.parse(Buffer.concat(chunks).toString());
    try {
      keep(tip);
      res.writeHead(201).end(JSON.stringify(tip));
    } catch (error) {
      console.error(error);
      res.writeHead(500).end('{"error":"Please try again."}');
    }
  });
}).listen(3000);
