// Guests who come while a flush is under way are written and flushed together, by the next one.

import { open, type FileHandle } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

type Tip = { cents: number; from: string };
type Guest = { tip: Tip; res: ServerResponse };

const path = `${process.env.DATA_DIR}/tips.jsonl`;
const file: FileHandle = await open(path, 'r+').catch(() => open(path, 'w+'));
const [lines, torn] = splitAtEnd(await file.readFile('utf8'));
const tips: Tip[] = lines.map((line) => JSON.parse(line));
let end = lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0);
if (torn !== '') await file.truncate(end);

let waiting: Guest[] = [];
let isWriting = false;

function splitAtEnd(all: string): [lines: string[], torn: string] {
  const lines = all.split(/(?<=\n)/);
  return [lines.filter((line) => line.endsWith('\n')), lines.find((line) => !line.endsWith('\n')) ?? ''];
}

async function write(bytes: Buffer): Promise<void> {
  let done = 0;
  try {
    while (done < bytes.length) done += (await file.write(bytes, done, bytes.length - done, end + done)).bytesWritten;
  } catch (error) {
    await file.truncate(end);
    throw error;
  }
  await file.sync();
  end += bytes.length;
}

async function writeAll(): Promise<void> {
  if (isWriting) return;
  isWriting = true;
  while (waiting.length > 0) {
    const guests = waiting.splice(0);
    await write(Buffer.from(guests.map(({ tip }) => `${JSON.stringify(tip)}\n`).join(''))).then(
      () => guests.forEach(({ tip, res }) => { tips.push(tip); answer(res, 201, tip); }),
      () => guests.forEach(({ res }) => answer(res, 503, { error: 'Nothing can be kept.' })),
    );
  }
  isWriting = false;
}

function answer(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

createServer(async (req, res) => {
  if (req.method === 'GET') return answer(res, 200, { count: tips.length, cents: tips.reduce((sum, { cents }) => sum + cents, 0) });
  waiting.push({ tip: JSON.parse(await text(req)), res });
  void writeAll();
}).listen(Number(process.env.PORT ?? 3000));
