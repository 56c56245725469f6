// Exercise: the cards of the day. See task.md, or: npm run task 13.

import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { listen } from '../../../../02-reply/listen.ts';
import { bytes, text } from '../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../04-router/router.ts';
import { around } from '../../../../05-around/around.ts';
import { withErrors } from '../../../../06-errors/errors.ts';
import { typeOf } from '../../../file-info.ts';

const folder = join(process.env.DATA_DIR ?? '.', 'cards');

const showCard: Handler = async ({ address }) => {
  const name = address.query.get('file') ?? '';
  const names = await readdir(folder);
  if (!names.includes(name) || name.startsWith('.')) return text(404, 'There is no such card.\n');
  return bytes(200, typeOf(name), await readFile(join(folder, name)));
};

const cafe = router([
  { method: 'GET', pattern: '/card', handler: showCard },
]);

listen(createServer(answerWith(around([withErrors], cafe))));
