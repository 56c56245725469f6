// F6 a missing card is found
// A card that is not there was answered 200, which means "here it is".

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { listen } from '../../../../../02-reply/listen.ts';
import { bytes, text } from '../../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../../04-router/router.ts';
import { around } from '../../../../../05-around/around.ts';
import { withErrors } from '../../../../../06-errors/errors.ts';
import { typeOf } from '../../../../facts.ts';

const folder = join(process.env.DATA_DIR!, 'cards');

const showCard: Handler = async ({ address }) => {
  const name = address.query.get('file') ?? '';
  if (name.includes('/') || name.startsWith('.')) return text(404, 'There is no such card.\n');
  return readFile(join(folder, name)).then((card) => bytes(200, typeOf(name), card), () => text(200, 'There is no such card.\n'));
};

const cafe = router([
  { method: 'GET', pattern: '/card', handler: showCard },
]);

listen(createServer(answerWith(around([withErrors], cafe))));
