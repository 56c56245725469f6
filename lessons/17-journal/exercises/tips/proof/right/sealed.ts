// As the lesson does it: each line has its checksum, and what is torn is cut off when the file is opened.

import { createReadStream, existsSync } from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { decodeLine, encodeLine } from '../../../../../../db/journal-line.ts';
import { UnknownOutcome, writeDown } from '../../../../../../db/durable-write.ts';
import { listen } from '../../../../../02-reply/listen.ts';
import { json } from '../../../../../02-reply/reply.ts';
import { answerWith, router, type Call } from '../../../../../04-router/router.ts';
import { withErrors } from '../../../../../06-errors/errors.ts';
import { readJson } from '../../../../../07-body/body.ts';
import { oneAfterTheOther } from '../../../../../11-json-file/turns.ts';

const path = join(process.env.DATA_DIR ?? '.', 'tips.jsonl');
if (!existsSync(path)) await writeFile(path, '');
const file = await open(path, 'r+');
const { size } = await file.stat();

let end = 0;
let sum = 0;
let count = 0;
for await (const line of createInterface({ input: createReadStream(path) })) {
  const tip = decodeLine(Buffer.from(line)) as { cents: number } | undefined;
  if (tip === undefined && end + Buffer.byteLength(line) < size) throw new Error(`${path}: the line ${line} is damaged.`);
  if (tip === undefined) break;
  end += Buffer.byteLength(line) + 1;
  sum += tip.cents;
  count += 1;
}
await file.truncate(end);

const inTurn = oneAfterTheOther();
let broken: unknown;

async function giveTip({ request }: Call) {
  const tip = await readJson(request) as { cents: number };
  await inTurn(async () => {
    if (broken) throw broken;
    const line = Buffer.from(encodeLine(JSON.stringify(tip).slice(1)));
    await writeDown(file, line, end).catch((error) => {
      if (error instanceof UnknownOutcome) broken = error;
      throw error;
    });
    [end, sum, count] = [end + line.length, sum + tip.cents, count + 1];
  });
  return json(201, tip);
}

listen(createServer(answerWith(withErrors(router([
  { method: 'POST', pattern: '/tips', handler: giveTip },
  { method: 'GET', pattern: '/tips', handler: () => json(200, { count, cents: sum }) },
])))));
