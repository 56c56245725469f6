// A stream that appends, and functions that call back: no promise but one.

import fs from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

const name = join(process.env.DATA_DIR ?? '.', 'tips.jsonl');
const fd = fs.openSync(name, 'a+');
const text = fs.readFileSync(name, 'utf8');
const whole = text.substring(0, text.lastIndexOf('\n') + 1);
const tips = whole.split('\n').slice(0, -1).map((line) => JSON.parse(line) as { cents: number });
if (whole !== text) fs.truncateSync(name, Buffer.byteLength(whole));

type Done = (error?: Error | null) => void;
const jobs: ((next: Done) => void)[] = [];
let isBusy = false;

function next(): void {
  const job = jobs.shift();
  isBusy = job !== undefined;
  job?.(next);
}

function append(line: string, done: Done): void {
  jobs.push((over) => {
    const { size } = fs.fstatSync(fd);
    const end: Done = (error) => {
      if (error) fs.truncateSync(name, size);
      done(error);
      over();
    };
    const stream = fs.createWriteStream(name, { flags: 'a' });
    stream.on('error', end);
    stream.on('finish', () => fs.fdatasync(fd, end));
    stream.end(line);
  });
  if (!isBusy) next();
}

createServer((req, res) => {
  if (req.method === 'GET') return void res.setHeader('content-type', 'application/json').end(JSON.stringify({ count: tips.length, cents: tips.reduce((sum, tip) => sum + tip.cents, 0) }));
  let body = '';
  req.setEncoding('utf8').on('data', (piece) => { body += piece; }).on('end', () => {
    const tip = JSON.parse(body);
    append(`${JSON.stringify(tip)}\n`, (error) => {
      if (!error) tips.push(tip);
      res.writeHead(error ? 500 : 201, { 'content-type': 'application/json' }).end(JSON.stringify(error ? { error: 'Sorry.' } : tip));
    });
  });
}).listen(3000);
