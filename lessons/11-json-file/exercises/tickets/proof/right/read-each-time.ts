// Nothing in memory: the file is read for each guest, one guest after the other.

import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';

const tickets = join(process.env.DATA_DIR ?? '.', 'tickets.json');

class Desk {
  #guests: Promise<unknown> = Promise.resolve();

  read = async (): Promise<number> => (existsSync(tickets) ? JSON.parse(await readFile(tickets, 'utf8')).last : 0);

  give(): Promise<number> {
    const mine = this.#guests.then(async () => {
      const number = await this.read() + 1;
      await writeFile(tickets + '.tmp', JSON.stringify({ last: number, at: new Date() }, null, 2));
      await rename(tickets + '.tmp', tickets);
      return number;
    });
    this.#guests = mine.then(() => {}, () => {});
    return mine;
  }
}

const desk = new Desk();

createServer(async (req, res) => {
  try {
    const body = req.method === 'POST' ? { number: await desk.give() } : { last: await desk.read() };
    res.writeHead(req.method === 'POST' ? 201 : 200, { 'Content-Type': 'application/json; charset=utf-8' });
    res.end(JSON.stringify(body));
  } catch (error) {
    console.error(error);
    res.writeHead(500).end('Sorry.');
  }
}).listen(3000);
