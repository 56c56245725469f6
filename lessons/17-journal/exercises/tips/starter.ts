// Exercise: the tip jar of the café. See task.md.

import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { listen } from '../../../02-reply/listen.ts';
import { json } from '../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../04-router/router.ts';
import { withErrors } from '../../../06-errors/errors.ts';
import { readJson } from '../../../07-body/body.ts';
import { fields, line, validate, wholeNumber, type Valid } from '../../../08-validate/validate.ts';
import { flushFolder } from '../../../11-json-file/swap.ts';

const newTip = fields({ cents: wholeNumber(1, 100_000, 'cents'), from: line(1, 60) });
type Tip = Valid<typeof newTip>;

// Open for reading and writing. A missing file is made, and an existing one is never emptied.
const folder = process.env.DATA_DIR ?? '.';
const file = await open(join(folder, 'tips.jsonl'), constants.O_RDWR | constants.O_CREAT);
await flushFolder(folder);

const tips = await readTips();

async function readTips(): Promise<Tip[]> {
  const all = await file.readFile('utf8');
  return all.split('\n').slice(0, -1).map((text) => JSON.parse(text) as Tip);
}

// TODO: write each tip into the file, as one line, before it counts. Then look at readTips(): what
// if only half of the last line is there?
async function keep(tip: Tip): Promise<void> {
  tips.push(tip);
}

const giveTip: Handler = async ({ request }) => {
  const tip = validate(newTip, await readJson(request));
  await keep(tip);
  return json(201, tip);
};

const showTips: Handler = () => {
  const cents = tips.reduce((sum, tip) => sum + tip.cents, 0);
  return json(200, { count: tips.length, cents });
};

const cafe = router([
  { method: 'POST', pattern: '/tips', handler: giveTip },
  { method: 'GET', pattern: '/tips', handler: showTips },
]);

listen(createServer(answerWith(withErrors(cafe))));
