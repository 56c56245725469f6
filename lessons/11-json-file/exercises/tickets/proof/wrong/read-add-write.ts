// J4 two guests, one number
// Twenty guests came at once, and some got the same number: while one was waiting for the file, the next one
// began to count from the same number.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { listen } from '../../../../../02-reply/listen.ts';
import { json } from '../../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../../04-router/router.ts';
import { around } from '../../../../../05-around/around.ts';
import { withErrors } from '../../../../../06-errors/errors.ts';
import { swapIn } from '../../../../swap.ts';

const file = join(process.env.DATA_DIR ?? '.', 'tickets.json');

async function readLast(): Promise<number> {
  try {
    return JSON.parse(await readFile(file, 'utf8')).last;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}

async function nextNumber(): Promise<number> {
  const number = await readLast() + 1;
  await swapIn(`${file}.${Math.random()}`, '');
  await swapIn(file, JSON.stringify({ last: number }));
  return number;
}

const giveTicket: Handler = async () => json(201, { number: await nextNumber() });
const showLast: Handler = async () => json(200, { last: await readLast() });

const cafe = router([
  { method: 'POST', pattern: '/tickets', handler: giveTicket },
  { method: 'GET', pattern: '/tickets', handler: showLast },
]);

listen(createServer(answerWith(around([withErrors], cafe))));
