// Nothing stays open: each tip is one appendFile() that flushes. What is in the jar is read again each time.

import { appendFile, readFile, stat, truncate } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { listen } from '../../../../../02-reply/listen.ts';
import { json } from '../../../../../02-reply/reply.ts';
import { answerWith, router } from '../../../../../04-router/router.ts';
import { withErrors } from '../../../../../06-errors/errors.ts';
import { readJson } from '../../../../../07-body/body.ts';

const jar = join(process.env.DATA_DIR ?? '.', 'tips.jsonl');

class Jar {
  #queue: Promise<unknown> = Promise.resolve();

  async read(): Promise<{ cents: number }[]> {
    const text = await readFile(jar, 'utf8').catch((error) => (error.code === 'ENOENT' ? '' : Promise.reject(error)));
    return text.split('\n').filter((line: string) => line !== '').map((line: string) => JSON.parse(line));
  }

  async repair(): Promise<void> {
    const bytes = await readFile(jar).catch(() => Buffer.alloc(0));
    const end = bytes.lastIndexOf('\n') + 1;
    for (const line of bytes.subarray(0, end).toString().split('\n').slice(0, -1)) JSON.parse(line);
    if (end < bytes.length) await truncate(jar, end);
  }

  add(tip: unknown): Promise<void> {
    const mine = this.#queue.then(async () => {
      const { size } = await stat(jar).catch(() => ({ size: 0 }));
      try {
        await appendFile(jar, JSON.stringify(tip) + '\n', { flush: true } as object);
      } catch (error) {
        await truncate(jar, size);
        throw error;
      }
    });
    this.#queue = mine.catch(() => undefined);
    return mine;
  }
}

const tips = new Jar();
await tips.repair();

listen(createServer(answerWith(withErrors(router([
  {
    method: 'POST',
    pattern: '/tips',
    handler: async ({ request }) => {
      const tip = await readJson(request);
      await tips.add(tip);
      return json(201, tip);
    },
  },
  {
    method: 'GET',
    pattern: '/tips',
    handler: async () => {
      const all = await tips.read();
      return json(200, { count: all.length, cents: all.reduce((sum, { cents }) => sum + cents, 0) });
    },
  },
])))));
