// Exercise: the tickets of the café. See task.md, or: npm run task 11.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { listen } from '../../../../02-reply/listen.ts';
import { json } from '../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../04-router/router.ts';
import { around } from '../../../../05-around/around.ts';
import { withErrors } from '../../../../06-errors/errors.ts';
import { swapIn } from '../../../swap.ts';
import { oneAfterTheOther } from '../../../turns.ts';

const file = join(process.env.DATA_DIR ?? '.', 'tickets.json');
const inTurn = oneAfterTheOther();
let last = await readLast();

async function readLast(): Promise<number> {
  try {
    return JSON.parse(await readFile(file, 'utf8')).last;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}

async function nextNumber(): Promise<number> {
  return inTurn(async () => {
    await swapIn(file, JSON.stringify({ last: last + 1 }));
    return last += 1;
  });
}

const giveTicket: Handler = async () => json(201, { number: await nextNumber() });
const showLast: Handler = () => json(200, { last });

const cafe = router([
  { method: 'POST', pattern: '/tickets', handler: giveTicket },
  { method: 'GET', pattern: '/tickets', handler: showLast },
]);

listen(createServer(answerWith(around([withErrors], cafe))));
