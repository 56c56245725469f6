// F4 charset missing
// The text came, but without charset=utf-8: a browser guesses, and may show "CrÃ¨me brÃ»lÃ©e".

import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { listen } from '../../../../../02-reply/listen.ts';
import { bytes, text } from '../../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../../04-router/router.ts';
import { around } from '../../../../../05-around/around.ts';
import { withErrors } from '../../../../../06-errors/errors.ts';

const folder = join(process.env.DATA_DIR!, 'cards');

const showCard: Handler = async ({ address }) => {
  const name = address.query.get('file') ?? '';
  if (!(await readdir(folder)).includes(name) || name.startsWith('.')) return text(404, 'There is no such card.\n');
  return bytes(200, name.endsWith('.svg') ? 'image/svg+xml' : 'text/plain', await readFile(join(folder, name)));
};

const cafe = router([
  { method: 'GET', pattern: '/card', handler: showCard },
]);

listen(createServer(answerWith(around([withErrors], cafe))));
