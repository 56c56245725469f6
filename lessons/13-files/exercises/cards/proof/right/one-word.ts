// Only one kind of name is let through: a word, a dot, and one of two endings.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { listen } from '../../../../../02-reply/listen.ts';
import { bytes } from '../../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../../04-router/router.ts';
import { around } from '../../../../../05-around/around.ts';
import { Refusal, withErrors } from '../../../../../06-errors/errors.ts';

const folder = join(process.env.DATA_DIR!, 'cards');
const types = new Map([['svg', 'image/svg+xml'], ['txt', 'text/plain; charset=utf-8']]);

const showCard: Handler = async ({ address }) => {
  const [name, ending] = /^[a-z]+\.(svg|txt)$/.exec(address.query.get('file') ?? '') ?? [];
  if (name === undefined) throw new Refusal(404, 'The name of a card is a word and an ending.');
  try {
    return bytes(200, types.get(ending!)!, await readFile(join(folder, name)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new Refusal(404, `There is no card "${name}".`);
    throw error;
  }
};

const cafe = router([
  { method: 'GET', pattern: '/card', handler: showCard },
]);

listen(createServer(answerWith(around([withErrors], cafe))));
