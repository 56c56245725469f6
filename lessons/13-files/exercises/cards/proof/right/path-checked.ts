// The path is made and then looked at, with all that belongs to it.

import { readFile, realpath } from 'node:fs/promises';
import { createServer } from 'node:http';
import { basename, dirname, extname, resolve } from 'node:path';

const folder = await realpath(resolve(process.env.DATA_DIR!, 'cards'));

async function readCard(name: string): Promise<Buffer | undefined> {
  if (name.includes('\0')) return undefined;
  const path = resolve(folder, name);
  if (dirname(path) !== folder || basename(path).startsWith('.')) return undefined;
  return readFile(path).catch(() => undefined);
}

createServer(async (request, response) => {
  const query = new URLSearchParams(request.url!.split('?')[1]);
  const card = await readCard(query.get('file') ?? '');
  if (!card) return response.writeHead(404).end();
  const type = extname(query.get('file')!) === '.svg' ? 'image/svg+xml' : 'text/plain;charset=UTF-8';
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': card.length }).end(card);
}).listen(Number(process.env.PORT ?? 3000));
