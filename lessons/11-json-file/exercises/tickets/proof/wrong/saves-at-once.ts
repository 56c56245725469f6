// J5 saves overtake each other
// The last of twenty guests at once got 24, and after a restart an older number was in the file: several saves
// ran at the same time, and the slowest one won.

import { readFile, rename, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { listen } from '../../../../../02-reply/listen.ts';
import { json } from '../../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../../04-router/router.ts';
import { around } from '../../../../../05-around/around.ts';
import { withErrors } from '../../../../../06-errors/errors.ts';

const file = join(process.env.DATA_DIR ?? '.', 'tickets.json');
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
  const number = last += 1;
  if (number % 2 === 1) await pause(50); // A disk is not always equally fast.
  await writeFile(`${file}.${number}`, JSON.stringify({ last: number }));
  await rename(`${file}.${number}`, file).catch((error) => {
    last -= 1;
    throw error;
  });
  return number;
}

const giveTicket: Handler = async () => json(201, { number: await nextNumber() });
const showLast: Handler = () => json(200, { last });

const cafe = router([
  { method: 'POST', pattern: '/tickets', handler: giveTicket },
  { method: 'GET', pattern: '/tickets', handler: showLast },
]);

listen(createServer(answerWith(around([withErrors], cafe))));
