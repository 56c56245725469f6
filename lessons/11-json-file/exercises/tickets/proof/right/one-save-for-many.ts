// Guests who come while a save runs are saved together, by the next one.

import { open, readFile, rename } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';

const file = `${process.env.DATA_DIR}/tickets.json`;

type Guest = { give(number: number): void; refuse(): void };

let last = await readFile(file, 'utf8').then((text) => JSON.parse(text).last as number, (error) => {
  if (error.code !== 'ENOENT') throw error;
  return 0;
});
let waiting: Guest[] = [];
let isSaving = false;

async function save(number: number): Promise<void> {
  const aside = await open(`${file}.new`, 'w');
  await aside.writeFile(JSON.stringify({ last: number })).then(() => aside.datasync()).finally(() => aside.close());
  await rename(`${file}.new`, file);
}

async function serveAll(): Promise<void> {
  if (isSaving) return;
  isSaving = true;
  while (waiting.length > 0) {
    const guests = waiting;
    waiting = [];
    try {
      await save(last + guests.length);
      for (const guest of guests) guest.give(last += 1);
    } catch {
      for (const guest of guests) guest.refuse();
    }
  }
  isSaving = false;
}

function answer(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

createServer((req, res) => {
  if (req.method === 'GET') return answer(res, 200, { last });
  waiting.push({ give: (number) => answer(res, 201, { number }), refuse: () => answer(res, 503, { error: 'Nothing can be saved.' }) });
  void serveAll();
}).listen(Number(process.env.PORT ?? 3000));
